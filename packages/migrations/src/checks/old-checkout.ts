import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readGitAt } from '../files/git.ts'
import { CannotRun } from './cannot-run.ts'
import type { CheckContext } from './check.ts'
import type { UpgradeBase } from './upgrade-base.ts'

/** Downloads of Git LFS are no business of a short look at old files. */
const QUIET = ['filter.lfs.smudge=', 'filter.lfs.process=', 'filter.lfs.required=false']

/** Checks an old commit out into a work tree in RUNNER_TEMP, hands its path to `work`, and removes it again. */
export async function withOldCheckout<T>(
  { place, env }: CheckContext,
  { commit, name }: UpgradeBase,
  work: (root: string) => Promise<T>,
): Promise<T> {
  const git = readGitAt(place.root)
  const folder = await mkdtemp(join(env.RUNNER_TEMP || tmpdir(), 'upgrade-from-'))
  const root = join(folder, 'checkout')
  try {
    const settings = QUIET.flatMap(setting => ['-c', setting])
    const added = await git(...settings, 'worktree', 'add', '--quiet', '--detach', root, commit)
    if (added === undefined) {
      throw new CannotRun(
        `git could not check out ${name}; a partial clone lacks its files. Set fetch-depth: 0`,
      )
    }
    return await work(root)
  } finally {
    await rm(folder, { recursive: true, force: true })
    // Forgets all work trees whose folder is gone, also that of a killed run whose temporary folder was emptied.
    await git('worktree', 'prune')
  }
}
