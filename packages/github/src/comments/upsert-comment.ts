import { setTimeout as sleep } from 'node:timers/promises'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, githubClient } from '../client.ts'
import { withinLimit } from './comment-limit.ts'
import { type Conversation, commentIn, type IssueComment, ownComments } from './own-comments.ts'
import { type Refusal, refusalOf } from './refusal.ts'

export interface CommentWish extends Conversation {
  /** First line of the body, by which a later run finds the comment: an HTML comment such as `<!-- coverage:key -->`. */
  readonly marker: string
  /** Markdown that begins with the marker; past GitHub's limit it is cut at the end of a line. */
  readonly body: string
  readonly token: string
  /** `GITHUB_API_URL`. */
  readonly apiUrl: string
  /** The pull request comes from a fork (default false); it decides what a read-only token is told to do. */
  readonly fork?: boolean
  /** Create no comment where there is none (default false): what is there must not tell of a failure that is gone. */
  readonly onlyUpdate?: boolean
  /** Longest time spent waiting for rate limits and a failing server, in ms (default 30000). */
  readonly waitBudgetMs?: number
}

export type CommentOutcome =
  | { readonly kind: 'created' | 'updated' | 'unchanged'; readonly url: string }
  /** `onlyUpdate` found no comment. */
  | { readonly kind: 'none' }
  | Refusal

/** Looks again so often when the comment vanished meanwhile, or when it is not known whether it was created. */
const ROUNDS = 3

/**
 * Keeps one comment of ours on an issue or pull request: updates it in place, or creates it. Duplicates, which two runs at
 * once can create, are deleted in favour of the oldest. Never throws for what GitHub or the network does: that is `refused`.
 */
export async function upsertComment(wish: CommentWish): Promise<CommentOutcome> {
  if (!wish.body.startsWith(`${wish.marker}\n`)) throw new Error('the comment does not begin with its marker')
  const { token, apiUrl, waitBudgetMs } = wish
  const client = githubClient({ token, apiUrl, ...(waitBudgetMs === undefined ? {} : { waitBudgetMs }) })
  try {
    return await upsert(client, { ...wish, body: withinLimit(wish.body) })
  } catch (error) {
    return refusalOf(error, wish.fork ?? false)
  }
}

/** `again`: the state on GitHub is not known, or changed under us. */
type Attempt = CommentOutcome | { readonly kind: 'again'; readonly error: unknown }

async function upsert(client: GitHubClient, wish: CommentWish): Promise<CommentOutcome> {
  for (let round = 1; ; round++) {
    const own = await ownComments(client, wish, wish.marker)
    if (own.length === 0 && wish.onlyUpdate) return { kind: 'none' }
    const attempt = own.length > 0 ? await keepOldest(client, wish, own) : await create(client, wish)
    if (attempt.kind !== 'again') return attempt
    if (round === ROUNDS) throw attempt.error
    await sleep(500 * round)
  }
}

async function create(client: GitHubClient, wish: CommentWish): Promise<Attempt> {
  const { repository, issue, body } = wish
  const path = `/repos/${repository}/issues/${issue}/comments`
  let answer: GitHubResponse
  try {
    answer = await client.request('POST', path, { body: { body } })
  } catch (error) {
    return { kind: 'again', error }
  }
  if (answer.status >= 500) return { kind: 'again', error: new GitHubRefusal(`POST ${path}`, answer) }
  const created = commentIn(answer, `POST ${path}`)
  const own = await ownComments(client, wish, wish.marker)
  if (own.length < 2 || own[0]?.id === created.id) return { kind: 'created', url: created.html_url }
  return keepOldest(client, wish, own)
}

/** The text of the run that comes last stands in the oldest comment, the one that people have replied to. */
async function keepOldest(
  client: GitHubClient,
  { repository, body }: CommentWish,
  [oldest, ...duplicates]: readonly IssueComment[],
): Promise<Attempt> {
  if (!oldest) throw new Error('no comment to keep')
  const pathOf = ({ id }: IssueComment) => `/repos/${repository}/issues/comments/${id}`
  const same = asStored(oldest.body ?? '') === asStored(body)
  if (!same) {
    const answer = await client.request('PATCH', pathOf(oldest), { body: { body } })
    const error = new GitHubRefusal(`PATCH ${pathOf(oldest)}`, answer)
    if (answer.status === 404) return { kind: 'again', error }
    if (answer.status >= 300) throw error
  }
  // Two runs may delete the same one; what stays is found by the next run.
  for (const duplicate of duplicates) await client.request('DELETE', pathOf(duplicate))
  return { kind: same ? 'unchanged' : 'updated', url: oldest.html_url }
}

/** Web forms turn line ends into CRLF. */
function asStored(body: string): string {
  return body.replaceAll('\r\n', '\n').trimEnd()
}
