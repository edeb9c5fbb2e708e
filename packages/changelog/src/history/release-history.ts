import type { Git } from '@tokenledger/kit'
import type { Commit } from './commit.ts'
import { commitsSince } from './commits-since.ts'
import { historyOfShallowClone, isShallow } from './deepen.ts'
import { haveCommit } from './have-commit.ts'
import { remoteTags, withAncestry } from './remote-tags.ts'
import type { ChooseTag, Tag } from './tag.ts'
import { tagsOf } from './tags-of.ts'

export interface ReleaseHistory {
  readonly tags: readonly Tag[]
  /** What `choose` took. */
  readonly previous: Tag | undefined
  /** From there to HEAD, newest first. */
  readonly commits: readonly Commit[]
  /** What was fetched because the checkout did not have it; absent when nothing was. */
  readonly repaired?: string
}

/**
 * Everything that a release needs to know of its past. A whole clone is read without network, in three calls of git at once
 * and one for the commits; a shallow one is deepened until the previous tag is known for sure. Tags of a shallow clone, and of
 * one without any tag, are those of the remote. A UserError when the history cannot be had.
 */
export async function releaseHistory(
  git: Git,
  { choose, path = '' }: { readonly choose: ChooseTag; readonly path?: string },
): Promise<ReleaseHistory> {
  const [shallow, local] = await Promise.all([isShallow(git), tagsOf(git)])
  if (shallow) {
    const { tags, previous, repaired } = await historyOfShallowClone(git, choose)
    return { tags, previous, commits: await commitsTo(git, previous, path), repaired }
  }
  const tags = local.length > 0 ? local : await tagsElsewhere(git)
  const previous = choose(tags)
  if (tags !== local && previous) await haveCommit(git, previous)
  return { tags, previous, commits: await commitsTo(git, previous, path) }
}

function commitsTo(git: Git, tag: Tag | undefined, path: string): Promise<Commit[]> {
  return commitsSince(git, { path, ...(tag ? { tag } : {}) })
}

/** A clone made with `--no-tags` looks like one of a project before its first release, so the remote is asked. */
async function tagsElsewhere(git: Git): Promise<Tag[]> {
  const remote = await remoteTags(git)
  return 'failure' in remote ? [] : withAncestry(git, remote)
}
