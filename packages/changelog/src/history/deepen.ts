import type { Git } from '@tokenledger/kit'
import { haveCommit } from './have-commit.ts'
import { HistoryError } from './history-error.ts'
import { remoteTags, withAncestry } from './remote-tags.ts'
import type { ChooseTag, Tag } from './tag.ts'

/** Commits beyond the end of the clone that each try fetches; then all. A release is seldom further away. */
const STEPS = ['--deepen=100', '--deepen=1000', '--unshallow']

interface Repaired {
  readonly tags: readonly Tag[]
  readonly previous: Tag | undefined
  readonly repaired: string
}

/**
 * Fetches the commits of HEAD until it is sure which tag is the previous one, and that every commit since is there; the tags
 * themselves, with histories of their own, are not fetched. A UserError when the remote does not give them.
 */
export async function historyOfShallowClone(git: Git, choose: ChooseTag): Promise<Repaired> {
  const remote = await remoteTags(git)
  if ('failure' in remote) throw shallow(`its tags cannot be listed (${remote.failure})`)
  const did = ['git ls-remote --tags']
  for (const step of STEPS) {
    const tags = await withAncestry(git, remote)
    const previous = choose(tags)
    if (previous?.isAncestor && isSure(previous, tags, choose) && (await isWhole(git, previous))) {
      return { tags, previous, repaired: did.join(', ') }
    }
    await deepen(git, step)
    did.push(`git fetch ${step}`)
    if (!(await isShallow(git))) break
  }
  const tags = await withAncestry(git, remote)
  const previous = choose(tags)
  if (previous) await haveCommit(git, previous)
  return { tags, previous, repaired: did.join(', ') }
}

/** Whether git keeps commits of which the parents are not there. */
export async function isShallow(git: Git): Promise<boolean> {
  return (await git.read('rev-parse', '--is-shallow-repository'))?.trim() === 'true'
}

/** Whether it would be chosen even if the part of the history that is not there led to every other tag. */
function isSure({ tag }: Tag, tags: readonly Tag[], choose: ChooseTag): boolean {
  return choose(tags.map(other => ({ ...other, isAncestor: true })))?.tag === tag
}

/**
 * Whether the commits since `tag` are those of the whole history. When each of them is newer than every commit at which the
 * clone ends, none of them is such an end, and none can come before one: then neither is a commit missing, nor one among
 * them that the tag leads to by a way that is not there.
 */
async function isWhole(git: Git, { commit }: Tag): Promise<boolean> {
  const [ends, since] = await Promise.all([
    git.read('rev-list', '--timestamp', '--max-parents=0', 'HEAD'),
    git.read('rev-list', '--timestamp', `^${commit}`, 'HEAD'),
  ])
  const [newestEnd] = secondsIn(ends).sort((a, b) => b - a)
  const [oldest] = secondsIn(since).sort((a, b) => a - b)
  return oldest === undefined || (newestEnd !== undefined && newestEnd < oldest)
}

/** Lines of `git rev-list --timestamp`: seconds, hash. */
function secondsIn(output: string | undefined): number[] {
  return (output ?? '').split('\n').filter(Boolean).map(Number.parseFloat)
}

async function deepen(git: Git, step: string): Promise<void> {
  // The commits that have to be asked for are those where the clone ends: HEAD itself may be of this job alone.
  const ends = (await git.read('rev-list', '--max-parents=0', 'HEAD'))?.split('\n').filter(Boolean) ?? []
  const options = ['--quiet', '--no-tags', '--no-recurse-submodules', step]
  const fetched = await git.fetch('fetch', ...options, 'origin', ...ends)
  if ('failure' in fetched) throw shallow(`it cannot be deepened (${fetched.failure})`)
}

function shallow(why: string): HistoryError {
  return new HistoryError(`the checkout is shallow and ${why}`)
}
