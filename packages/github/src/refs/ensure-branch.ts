import { type GitHubClient, GitHubRefusal, type GitHubResponse } from '../client.ts'
import { settled } from '../settled.ts'
import { protectedBranch, violatedRule } from '../write-problem.ts'
import { headOf } from './branch-head.ts'

export interface BranchWish {
  /** `owner/name` */
  readonly repository: string
  readonly branch: string
  readonly sha: string
}

export interface BranchOutcome {
  readonly kind: 'created' | 'moved' | 'already'
  /** Where the branch was before it was moved. */
  readonly previous?: string
}

/**
 * Puts a branch of our own at a commit, creating it where it is not there and moving it by force where it is elsewhere.
 * An open pull request of a branch that is moved to its base is closed by GitHub. Needs `contents: write`.
 * Throws UserErrors BUMP_PROTECTED, BUMP_FORBIDDEN and BUMP_NO_ANSWER.
 */
export async function ensureBranch(client: GitHubClient, wish: BranchWish): Promise<BranchOutcome> {
  const { repository, branch, sha } = wish
  const refs = `/repos/${repository}/git/refs`
  let previous: string | undefined
  const { kind } = await settled(client, {
    call: `POST ${refs}`,
    needs: 'contents: write',
    read: async () => {
      const head = await headOf(client, repository, branch)
      if (head?.sha === sha) return sha
      previous = head?.sha
      return undefined
    },
    write: () =>
      previous === undefined
        ? client.request('POST', refs, { body: { ref: `refs/heads/${branch}`, sha } })
        : client.request('PATCH', `${refs}/heads/${pathOf(branch)}`, {
            body: { sha, force: true },
            once: true,
          }),
    made: answer => (answer.status < 300 ? sha : misunderstood(answer, wish)),
  })
  if (kind === 'already' || previous === undefined) return { kind }
  return { kind: 'moved', previous }
}

/** Deletes a branch; one that is not there is fine. Same errors as {@link ensureBranch}. */
export async function deleteBranch(
  client: GitHubClient,
  { repository, branch }: Omit<BranchWish, 'sha'>,
): Promise<void> {
  const path = `/repos/${repository}/git/refs/heads/${pathOf(branch)}`
  await settled(client, {
    call: `DELETE ${path}`,
    needs: 'contents: write',
    read: async () => ((await headOf(client, repository, branch)) ? undefined : 'gone'),
    write: () => client.request('DELETE', path, { once: true }),
    made: answer => (answer.status < 300 ? 'gone' : misunderstood(answer, { repository, branch })),
  })
}

/** undefined when another run was faster: its branch decides. */
function misunderstood(answer: GitHubResponse, { branch }: Omit<BranchWish, 'sha'>): undefined {
  const rule = violatedRule(answer)
  if (rule) throw protectedBranch(branch, rule)
  if (/Reference (already exists|does not exist)/i.test(JSON.stringify(answer.body))) return undefined
  throw new GitHubRefusal(`refs/heads/${branch}`, answer)
}

function pathOf(branch: string): string {
  return branch.split('/').map(encodeURIComponent).join('/')
}
