import { type GitHubClient, GitHubRefusal } from '../client.ts'

/** A comment as GitHub's REST API has it, as far as it is read here. */
export interface IssueComment {
  readonly id: number
  readonly body?: string
  readonly html_url: string
  readonly user: { readonly login: string } | null
}

/** Where comments are: `owner/name` and the number of an issue or pull request. */
export interface Conversation {
  readonly repository: string
  readonly issue: number
}

/**
 * Whom GITHUB_TOKEN writes as, on github.com and on GitHub Enterprise Server. Only workflows of the repository itself can
 * write under this name, so that a comment of it with our marker is ours whatever token this run has.
 */
const ACTIONS = 'github-actions[bot]'

/**
 * Our comments with `marker` as their first line, oldest first, looked for on all pages. The marker in somebody else's
 * comment does not make it ours. Rejects with a GitHubRefusal when the comments cannot be read.
 */
export async function ownComments(
  client: GitHubClient,
  { repository, issue }: Conversation,
  marker: string,
): Promise<IssueComment[]> {
  const marked: IssueComment[] = []
  for await (const item of client.paginate(`/repos/${repository}/issues/${issue}/comments`)) {
    const comment = item as IssueComment
    if (firstLine(comment.body ?? '') === marker) marked.push(comment)
  }
  // Who we are costs a request; it is needed only beside a comment that GITHUB_TOKEN did not write.
  const strangers = marked.some(({ user }) => user?.login !== ACTIONS)
  const names = new Set([ACTIONS, ...(strangers ? [await loginOf(client)] : [])])
  return marked.filter(({ user }) => names.has(user?.login)).sort((a, b) => a.id - b.id)
}

/**
 * The account of the token. `GET /user` is closed to GITHUB_TOKEN and to tokens of apps; GraphQL's `viewer` is open to every
 * kind, and names an app as the REST API does: `my-app[bot]`. Undefined when it is not told: then nothing more is ours.
 */
async function loginOf(client: GitHubClient): Promise<string | undefined> {
  const { body } = await client.graphql('{ viewer { login } }')
  return (body as { data?: { viewer?: { login?: string } } } | undefined)?.data?.viewer?.login
}

function firstLine(text: string): string {
  return (/^[^\r\n]*/.exec(text)?.[0] ?? '').trimEnd()
}

/** The comment that an answer holds. Throws a GitHubRefusal for every other answer. */
export function commentIn(answer: GitHubRefusal['response'], what: string): IssueComment {
  if (answer.status >= 300) throw new GitHubRefusal(what, answer)
  return answer.body as IssueComment
}
