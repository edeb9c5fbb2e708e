import { messageOf, UserError } from '@tokenledger/kit'
import type { Event } from '../workflows/workflow.ts'
import type { CheckoutCopy } from './checkout-copy.ts'
import { git } from './git.ts'

/** The commits of a run. */
export interface TestedCommit {
  /** What jobs check out: the commit that was pushed, or the merge of a pull request, also in a merge queue. */
  readonly sha: string
  /** The commit that was pushed, or the head of the pull request. */
  readonly head: string
  /** The commit before, or the tip of the branch that the pull request goes to. */
  readonly base: string
}

/** The commit of the working tree, and the one before it where there is one. */
export interface Committed {
  readonly sha: string
  readonly before: string | undefined
}

/** A pull request comes from another branch than the one it goes to. */
export function headBranch({
  branch,
  defaultBranch,
}: Pick<CheckoutCopy, 'branch' | 'defaultBranch'>): string {
  return branch === defaultBranch ? 'local-change' : branch
}

/** The branch on which a merge queue tests the merge of the pull request into a branch whose tip is `base`. */
export function queueBranch(defaultBranch: string, base: string): string {
  return `gh-readonly-queue/${defaultBranch}/pr-1-${base}`
}

/** The commits of the event; for a pull request and a merge group the copy then stands on the merge commit. */
export async function testedCommit(
  copy: CheckoutCopy,
  event: Event,
  { sha, before }: Committed,
): Promise<TestedCommit> {
  if (event !== 'pull_request' && event !== 'merge_group') return { sha, head: sha, base: before ?? sha }
  const base = copy.baseTip ?? before ?? sha
  await writeRefs(copy, sha, base)
  // Without a commit to go to there is nothing to merge, and the change is empty.
  if (base !== sha) await merge(copy, sha)
  const merged = await git(copy.folder, 'rev-parse', 'HEAD')
  const ref =
    event === 'merge_group' ? `refs/heads/${queueBranch(copy.defaultBranch, base)}` : 'refs/pull/1/merge'
  await git(copy.folder, 'update-ref', ref, merged)
  return { sha: merged, head: sha, base }
}

async function writeRefs(copy: CheckoutCopy, head: string, base: string): Promise<void> {
  const { folder, defaultBranch } = copy
  await git(folder, 'checkout', '--quiet', '--detach', base)
  await git(folder, 'update-ref', `refs/heads/${defaultBranch}`, base)
  await git(folder, 'update-ref', `refs/heads/${headBranch(copy)}`, head)
  await git(folder, 'update-ref', 'refs/pull/1/head', head)
  // GitHub serves every commit by its SHA; jobs fetch the parents of a merge commit that way.
  await git(folder, 'config', 'uploadpack.allowAnySHA1InWant', 'true')
}

async function merge({ folder, branch, defaultBranch }: CheckoutCopy, head: string): Promise<void> {
  const message = `Merge ${head} into ${defaultBranch}`
  try {
    await git(folder, 'merge', '--quiet', '--no-ff', '--no-gpg-sign', '--no-verify', '-m', message, head)
  } catch (error) {
    const files = await git(folder, 'diff', '--name-only', '--diff-filter=U')
    const why = files ? `conflicts in ${files.replaceAll('\n', ', ')}` : messageOf(error)
    throw new UserError(
      `${branch} cannot be merged into ${defaultBranch}, and GitHub starts no workflow on pull_request then. Merge ${defaultBranch} into it first (${why}).`,
    )
  }
}
