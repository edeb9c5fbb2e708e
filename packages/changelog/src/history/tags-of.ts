import type { Git } from '@tokenledger/kit'
import { HistoryError } from './history-error.ts'
import type { Tag } from './tag.ts'

/** Type and hash of what a tag is, and of what an annotated one is of; a lightweight one has nothing there. */
const FORMAT = '--format=%(refname)%00%(objecttype)%00%(objectname)%00%(*objecttype)%00%(*objectname)'

/**
 * The tags in the clone that lead to commits, with their ancestry, in two calls of git that run at the same time. A UserError
 * when there is no repository, or HEAD has no commit.
 */
export async function tagsOf(git: Git): Promise<Tag[]> {
  const [all, merged] = await Promise.all([
    git.read('for-each-ref', FORMAT, 'refs/tags'),
    git.read('for-each-ref', '--merged=HEAD', '--format=%(refname)', 'refs/tags'),
  ])
  if (all === undefined || merged === undefined)
    throw new HistoryError('there is no git repository with a commit')
  const ancestors = new Set(linesOf(merged))
  const tags = await Promise.all(
    linesOf(all).map(async line => {
      const [ref = '', ...objects] = line.split('\0')
      const commit = await commitOf(git, ref, objects)
      return commit === undefined
        ? []
        : [{ tag: ref.slice('refs/tags/'.length), commit, isAncestor: ancestors.has(ref) }]
    }),
  )
  return tags.flat()
}

async function commitOf(git: Git, ref: string, objects: readonly string[]): Promise<string | undefined> {
  const [type, hash, ofType, ofHash] = objects
  if (type === 'commit') return hash
  if (ofType === 'commit') return ofHash
  // Before git 2.45 for-each-ref looks through one tag only.
  if (ofType === 'tag') return (await git.read('rev-parse', '--verify', '--quiet', `${ref}^{commit}`))?.trim()
  return undefined
}

function linesOf(output: string): string[] {
  return output.split('\n').filter(line => line !== '')
}
