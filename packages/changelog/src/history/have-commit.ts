import type { Git } from '@tokenledger/kit'
import { HistoryError } from './history-error.ts'
import type { Tag } from './tag.ts'

/** A tag off the branch can be the previous one (its commit was lost in a squash); git needs it to count from there. */
export async function haveCommit(git: Git, { tag, commit }: Tag): Promise<void> {
  if ((await git.read('cat-file', '-e', `${commit}^{commit}`)) !== undefined) return
  const fetched = await git.fetch(
    'fetch',
    '--quiet',
    '--no-tags',
    '--no-recurse-submodules',
    'origin',
    commit,
  )
  if ('failure' in fetched)
    throw new HistoryError(`the commit of ${tag} cannot be fetched (${fetched.failure})`)
}
