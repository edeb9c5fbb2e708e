import { UserError } from '@tokenledger/kit'
import type { Spelling, VersionParts } from './version.ts'

const SEMVER_LABELS = { a: 'alpha', b: 'beta', rc: 'rc' } as const

/** PEP 440's normal form, by which tools compare: `1.0.0-rc.1` → `1.0.0rc1`. */
export function normalizedVersion(version: VersionParts): string {
  return formatVersion(version, 'pep440')
}

/**
 * Writes a version in a spelling. A UserError for what semver cannot say so that its order stays PEP 440's: a post
 * release, and the development of a prerelease. (`.post1` would be a prerelease, `-rc.1.dev.1` higher than `-rc.1`.)
 */
export function formatVersion(parts: VersionParts, spelling: Spelling): string {
  return spelling === 'pep440' ? pep440(parts) : semver(parts)
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

function semver(parts: VersionParts): string {
  const { pre, post, dev } = parts
  if (post !== undefined || (pre && dev !== undefined)) {
    const what = post !== undefined ? 'post releases' : 'the development of a prerelease'
    throw new UserError(
      `${pep440(parts)} has no spelling in semver, which does not know ${what}. Spell versions by PEP 440, or choose another part.`,
    )
  }
  const tail = pre ? `-${SEMVER_LABELS[pre.label]}.${pre.number}` : dev === undefined ? '' : `-dev.${dev}`
  return `${base(parts)}${tail}${local(parts)}`
}

function base({ epoch, release }: VersionParts): string {
  return `${epoch === 0 ? '' : `${epoch}!`}${release.join('.')}`
}

function local({ local }: VersionParts): string {
  return local === undefined ? '' : `+${local}`
}
