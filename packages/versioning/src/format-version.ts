import { UserError } from '@tokenledger/kit'
import type { Spelling, VersionParts } from './version.ts'

const SEMVER_LABELS = { a: 'alpha', b: 'beta', rc: 'rc' } as const

/** PEP 440's normal form, by which tools compare: `1.0.0-rc.1` → `1.0.0rc1`. */
export function normalizedVersion(version: VersionParts): string {
  return formatVersion(version, 'pep440')
}

/**
 * Writes a version in a spelling. A UserError for what semver cannot say so that its order stays PEP 440's: a post
 * release, and the development of a prerelease. (`-post.1` would be a prerelease, `-rc.1.dev.1` higher than `-rc.1`.)
 */
export function formatVersion(parts: VersionParts, spelling: Spelling): string {
  const text = spelling === 'pep440' ? pep440(parts) : semverSpelling(parts)
  if (text !== undefined) return text
  const what = parts.post === undefined ? 'the development of a prerelease' : 'post releases'
  throw new UserError(
    `${pep440(parts)} has no spelling in semver, which does not know ${what}. Spell versions by PEP 440, or choose another part.`,
  )
}

/** A version as semver writes it, whatever the number of its components; undefined where {@link formatVersion} refuses. */
export function semverSpelling(parts: VersionParts): string | undefined {
  const { pre, post, dev } = parts
  if (post !== undefined || (pre && dev !== undefined)) return undefined
  const label = pre ? `-${SEMVER_LABELS[pre.label]}.${pre.number}` : ''
  return `${base(parts)}${label}${dev === undefined ? '' : `-dev.${dev}`}${local(parts)}`
}

function pep440(parts: VersionParts): string {
  const { pre, post, dev } = parts
  return [
    base(parts),
    pre ? `${pre.label}${pre.number}` : '',
    post === undefined ? '' : `.post${post}`,
    dev === undefined ? '' : `.dev${dev}`,
    local(parts),
  ].join('')
}

function base({ epoch, release }: VersionParts): string {
  return `${epoch === 0 ? '' : `${epoch}!`}${release.join('.')}`
}

function local({ local }: VersionParts): string {
  return local === undefined ? '' : `+${local}`
}
