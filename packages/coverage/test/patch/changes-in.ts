import { checkoutOf, type PullRequest } from '@tokenledger/testkit'
import type { Changes } from '../../src/patch/changes.ts'
import { type ChangesRequest, readChanges } from '../../src/patch/read-changes.ts'

/** The changes of an event; fails where there are none. */
export async function changesIn(
  request: Partial<ChangesRequest> & Pick<ChangesRequest, 'root' | 'event'>,
): Promise<Changes> {
  const read = await readChanges({ patchBase: 'auto', isMeasured: () => true, ...request })
  if (read.kind === 'none') throw new Error(read.reason)
  return read.changes
}

/** A checkout of a pull request's merge commit. */
export const at = (pr: PullRequest, depth: number, commit = pr.merge) =>
  checkoutOf(`file://${pr.server}`, commit, depth)

export const linesOf = ({ files }: Changes) => Object.fromEntries(files)
