import { normalizedVersion } from './format-version.ts'
import type { Spelling, Version } from './version.ts'

/** A label or `dev` behind a hyphen. With `-post.1` semver would mean a prerelease, so that is PEP 440's alone. */
const SEMVER = /^v?(?:\d+!)?\d+(?:\.\d+)*-(?:alpha|beta|preview|pre|rc|dev|a|b|c)(?:\.?\d+)?(?:\+.*)?$/i

export function spellingOf(text: string): Spelling {
  return SEMVER.test(text) ? 'semver' : 'pep440'
}

/**
 * How a repository writes its prereleases: as the current version does, or the first of the earlier ones (newest first)
 * that is a prerelease; PEP 440's way when there is none.
 */
export function repositorySpelling(current: Version, earlier: readonly Version[]): Spelling {
  const telling = [current, ...earlier].find(({ pre, dev }) => pre !== undefined || dev !== undefined)
  return telling?.spelling ?? 'pep440'
}

/**
 * A version's text with the habits of the one before it: leading zeros (`2026.01` → `2026.02`), and the separators before
 * a number that alone counts up (`1.0.0-rc1` → `1.0.0-rc2`: to semver `-rc.2` would be lower than `-rc1`).
 */
export function inTheStyleOf(current: Version, next: Version): string {
  if (onlyCountsUp(current, next))
    return withoutV(current.text).replace(/\d+$/, /\d+$/.exec(next.text)?.[0] ?? '')
  const widths = releaseTexts(current.text).map(part => (/^0\d/.test(part) ? part.length : 0))
  const release = releaseTexts(next.text).map((part, index) => part.padStart(widths[index] ?? 0, '0'))
  return next.text.replace(RELEASE, (_, epoch = '') => `${epoch}${release.join('.')}`)
}

/** Without the `v` that PEP 440 lets pass before a version. */
export function withoutV(text: string): string {
  return text.replace(/^v/i, '')
}

const RELEASE = /^v?(\d+!)?(\d+(?:\.\d+)*)/i

function releaseTexts(text: string): string[] {
  return (RELEASE.exec(text)?.[2] ?? '').split('.')
}

/** Whether the number at the end of a pre, post or dev segment is all that differs, and the text spells that number out. */
function onlyCountsUp(current: Version, next: Version): boolean {
  const { pre, post, dev } = current
  const stem = (version: Version) => normalizedVersion(version).replace(/\d+$/, '')
  return (pre ?? post ?? dev) !== undefined && /\d$/.test(current.text) && stem(current) === stem(next)
}
