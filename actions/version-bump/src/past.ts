import { type Commit, releaseHistory, type Tag } from '@tokenledger/changelog'
import type { Git } from '@tokenledger/kit'
import {
  compareVersions,
  type PreviousTag,
  parseVersion,
  previousTag,
  type TagCandidate,
  type TagFormat,
  type Version,
} from '@tokenledger/versioning'

/** What was released before, and what has come since. */
export interface Past {
  /** The tag that the commits are counted from; undefined before the first release. */
  readonly previous: Tag | undefined
  /** Newest first. */
  readonly commits: readonly Commit[]
  /** Versions of all tags of the format, highest first. */
  readonly versions: readonly Version[]
  readonly tags: readonly Tag[]
  /** What was fetched because the checkout did not have it. */
  readonly repaired: string | undefined
  /** The tag that the notes of a version begin at. */
  previousOf(version: Version): PreviousTag | undefined
}

/** Above every version of this kind, so that "the highest lower one" is the highest there is. */
const BEYOND = { final: '9007199254740991', prerelease: '9007199254740991rc1' } as const

/**
 * Reads tags and commits, from a shallow clone too. `towards` is the kind of version that the next one will be: to a prerelease
 * an earlier prerelease counts, to a final version only a final one.
 */
export async function readPast(
  git: Git,
  format: TagFormat,
  { folder, towards }: { readonly folder: string; readonly towards: keyof typeof BEYOND },
): Promise<Past> {
  const beyond = parseVersion(BEYOND[towards])
  const choose = (tags: readonly Tag[]) => {
    const found = beyond && previousTag(candidates(tags, format), beyond)
    return found && tags.find(({ tag }) => tag === found.tag)
  }
  const { tags, previous, commits, repaired } = await releaseHistory(git, { choose, path: folder })
  const known = candidates(tags, format)
  return {
    previous,
    commits,
    versions: known.map(({ version }) => version).sort((a, b) => compareVersions(b, a)),
    tags,
    repaired,
    previousOf: version => previousTag(known, version),
  }
}

function candidates(tags: readonly Tag[], { versionOf }: TagFormat): TagCandidate[] {
  return tags.flatMap(({ tag, isAncestor }) => {
    const version = versionOf(tag)
    return version ? [{ tag, version, isAncestor }] : []
  })
}
