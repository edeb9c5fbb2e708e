import { createHash } from 'node:crypto'
import type { GitHubClient } from '../client.ts'
import { type BranchHead, headsOf } from '../refs/branch-head.ts'
import { deleteBranch, ensureBranch } from '../refs/ensure-branch.ts'
import { type CommitContent, commitOnBranch, isOwn, type MadeCommit } from './commit-on-branch.ts'
import { filesOf } from './tree-files.ts'

export interface Proposal extends CommitContent {
  /** `owner/name` */
  readonly repository: string
  /** A branch that is ours: what it holds is replaced. */
  readonly branch: string
  /** The commit that the proposal is made on. */
  readonly base: string
}

export interface ProposedCommit extends MadeCommit {
  /** What the branch was at before; it is no part of it any more. */
  readonly replaced?: string
}

/**
 * Brings a branch to hold one commit on top of `base`, whatever it held. A branch that has other commits is never moved back
 * to its base first, since GitHub would close its pull request: the new commit is made on `<branch>.next` and the branch is
 * moved there in one go. Needs `contents: write`. Throws UserErrors as {@link commitOnBranch}.
 */
export async function proposeCommit(client: GitHubClient, proposal: Proposal): Promise<ProposedCommit> {
  const { repository, branch, base } = proposal
  const next = `${branch}.next`
  const [head, staged] = await headsOf(client, repository, [branch, next])
  if (head && (await holds(client, head, proposal))) {
    if (staged) await deleteBranch(client, { repository, branch: next })
    return { kind: 'already', sha: head.sha, verified: head.verified }
  }
  if (!head || head.sha === base) {
    await ensureBranch(client, { repository, branch, sha: base })
    return commitOnBranch(client, { ...proposal, expectedHead: base })
  }
  const made = await stagedCommit(client, { ...proposal, branch: next }, staged)
  await ensureBranch(client, { repository, branch, sha: made.sha })
  await deleteBranch(client, { repository, branch: next })
  return { ...made, kind: 'created', replaced: head.sha }
}

async function stagedCommit(
  client: GitHubClient,
  proposal: Proposal,
  staged: BranchHead | undefined,
): Promise<MadeCommit> {
  const { repository, branch, base } = proposal
  if (staged && (await holds(client, staged, proposal))) {
    return { kind: 'already', sha: staged.sha, verified: staged.verified }
  }
  await ensureBranch(client, { repository, branch, sha: base })
  return commitOnBranch(client, { ...proposal, expectedHead: base })
}

/** Whether a commit is this proposal: ours, on this base, with this message and these files. */
async function holds(client: GitHubClient, head: BranchHead, proposal: Proposal): Promise<boolean> {
  const { repository, base, message, trailer, additions, deletions } = proposal
  if (!isOwn(head, base, trailer) || head.message.trim() !== message.trim()) return false
  const paths = [...additions.map(({ path }) => path), ...deletions]
  const files = await filesOf(client, { repository, sha: head.sha }, paths)
  return (
    deletions.every(path => !files.has(path)) &&
    additions.every(({ path, content }) => files.get(path)?.oid === blobId(content))
  )
}

/** The hash by which git knows a file's content. */
function blobId(content: string | Uint8Array): string {
  const bytes = Buffer.from(content as Uint8Array)
  return createHash('sha1').update(`blob ${bytes.length}\0`).update(bytes).digest('hex')
}
