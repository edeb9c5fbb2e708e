import { UserError } from '@tokenledger/kit'
import type { Step } from './next-version.ts'
import { isPrerelease, type PrereleaseLabel, type Version } from './version.ts'

const LEVELS = ['major', 'minor', 'patch'] as const

export type ReleaseLevel = (typeof LEVELS)[number]

/**
 * What kind of release a prerelease leads to: `2.0.0rc1` to a major, `1.3.0rc2` to a minor one. Undefined for a final
 * version and for one that leads to less than a patch (`1.2.3.4rc1`, `1.2.3.post1.dev0`).
 */
export function leadsTo(version: Version): ReleaseLevel | undefined {
  if (!isPrerelease(version) || (version.post !== undefined && !version.pre)) return undefined
  const deepest = version.release.findLastIndex(number => number > 0)
  return LEVELS[Math.max(0, deepest)]
}

/** Keeps the number of components, and adds what the level needs: a patch of `1.2` is `1.2.1`, of `1.2.3.4` `1.2.4.0`. */
export function nextRelease(
  current: Version,
  shown: string,
  level: ReleaseLevel,
  label: PrereleaseLabel | undefined,
): Step {
  refuseWhatIsOnItsWay(current, shown, level)
  const release = bumped(current.release, LEVELS.indexOf(level))
  const parts = { epoch: current.epoch, release, ...(label ? { pre: { label, number: 1 } } : {}) }
  return {
    parts,
    reason: `the next ${level} release after ${shown}${label ? `, as its first ${label}` : ''}`,
  }
}

export function bumped(release: readonly number[], index: number): number[] {
  return Array.from({ length: Math.max(release.length, index + 1) }, (_, position) => {
    const number = release[position] ?? 0
    return position < index ? number : position === index ? number + 1 : 0
  })
}

/** A minor release holds patches too, so a prerelease of it leads to either; only a bigger step starts afresh. */
function refuseWhatIsOnItsWay(current: Version, shown: string, level: ReleaseLevel): void {
  const coming = leadsTo(current)
  if (!coming || LEVELS.indexOf(level) < LEVELS.indexOf(coming)) return
  throw new UserError(
    `${shown} already leads to ${current.release.join('.')}, a ${coming} release. Use part: finalize to release it, or part: prerelease for another prerelease of it.`,
  )
}
