import { compareVersions } from './compare-versions.ts'
import { isPrerelease, type Version } from './version.ts'

export interface TagCandidate {
  readonly tag: string
  readonly version: Version
  /** Whether the tagged commit is an ancestor of the commit to be released. */
  readonly isAncestor: boolean
}

export interface PreviousTag {
  readonly tag: string
  readonly version: Version
  /** One sentence. */
  readonly reason: string
}

/**
 * The tag that the notes of a version begin at: for a final version the highest lower final one, so that they hold all
 * that its prereleases held; for a prerelease the highest lower one of any kind. Tags in the history of the commit go
 * first, so that a backport which was tagged later does not count, nor a newer line for the backport. Undefined for a
 * first release. Give only tags of one format (see `tagFormat`); their order does not matter.
 */
export function previousTag(candidates: readonly TagCandidate[], of: Version): PreviousTag | undefined {
  const forPrerelease = isPrerelease(of)
  const lower = candidates
    .filter(({ version }) => compareVersions(version, of) < 0 && (forPrerelease || !isPrerelease(version)))
    .sort(highestFirst)
  const [highest] = lower
  const chosen = lower.find(({ isAncestor }) => isAncestor) ?? highest
  if (!chosen || !highest) return undefined
  const kind = forPrerelease ? 'version' : 'final version'
  const { tag, version } = chosen
  if (!chosen.isAncestor) {
    return {
      tag,
      version,
      reason: `${tag} is the highest ${kind} below ${of.text}; no such tag is in the history of this commit.`,
    }
  }
  const passedOver = compareVersions(highest.version, version) > 0
  const but = passedOver ? ` (${highest.tag} is higher, but not in its history)` : ''
  return {
    tag,
    version,
    reason: `${tag} is the highest ${kind} below ${of.text} in the history of this commit${but}.`,
  }
}

/** Of two tags for one version (`v1.0.0rc1` and `v1.0.0-rc.1`) the alphabet decides, so that each run takes the same. */
function highestFirst(a: TagCandidate, b: TagCandidate): number {
  return compareVersions(b.version, a.version) || (a.tag < b.tag ? -1 : 1)
}
