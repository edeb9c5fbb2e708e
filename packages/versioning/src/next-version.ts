import { UserError } from '@tokenledger/kit'
import { formatVersion } from './format-version.ts'
import { nextDev, nextPost, nextPrerelease, released } from './next-prerelease.ts'
import { nextRelease } from './next-release.ts'
import { inTheStyleOf, withoutV } from './spelling.ts'
import { type PrereleaseLabel, parseVersion, type Version, type VersionParts } from './version.ts'

export type Part = 'major' | 'minor' | 'patch' | 'prerelease' | 'finalize' | 'post' | 'dev'

export interface NextRequest {
  readonly part: Part
  /** With major, minor and patch: makes the first such prerelease of it. With prerelease: moves on to this label. */
  readonly label?: PrereleaseLabel
}

/** What a part makes of a version, and why in a few words. */
export interface Step {
  readonly parts: VersionParts
  readonly reason: string
}

const TAKES_LABEL: readonly Part[] = ['major', 'minor', 'patch', 'prerelease']

/**
 * The version after `current`, always higher and in its spelling; pass `current` with the repository's spelling (see
 * `repositorySpelling`) when it does not show one itself. Labels start at 1, dev at 0. A UserError with the remedy for a
 * request that makes no sense: a label that goes down, a part that the prerelease already leads to, a local version.
 */
export function nextVersion(
  current: Version,
  { part, label }: NextRequest,
): { readonly version: Version; readonly reason: string } {
  const shown = withoutV(current.text)
  if (current.local !== undefined) {
    const base = shown.split('+')[0]
    throw new UserError(
      `${shown} carries the local label +${current.local}, which marks a changed copy and is never released. Set the version to ${base} first.`,
    )
  }
  if (label !== undefined && !TAKES_LABEL.includes(part)) {
    throw new UserError(
      `prerelease-label: ${label} has no meaning with part: ${part}. Leave it out, or use one of ${TAKES_LABEL.join(', ')}.`,
    )
  }
  const { parts, reason } = step(current, shown, part, label)
  return { version: written(current, parts), reason }
}

function step(current: Version, shown: string, part: Part, label: PrereleaseLabel | undefined): Step {
  switch (part) {
    case 'prerelease':
      return nextPrerelease(current, shown, label)
    case 'finalize':
      return released(current, shown)
    case 'post':
      return nextPost(current, shown)
    case 'dev':
      return nextDev(current, shown)
    default:
      return nextRelease(current, shown, part, label)
  }
}

function written(current: Version, parts: VersionParts): Version {
  const text = formatVersion(parts, current.spelling)
  const plain = parseVersion(text)
  const styled = plain && parseVersion(inTheStyleOf(current, plain))
  if (!styled) throw new UserError(`${text} counts beyond 2^53 - 1. Set the new version by hand.`)
  return styled
}
