import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { formatVersion, normalizedVersion, parseVersion } from '../src/index.ts'
import { partsOf, semverCanSay, version } from './arbitraries.ts'

describe('a spelling', () => {
  it.each([
    ['1.2.3', 'pep440'],
    ['1.0.0rc1', 'pep440'],
    ['1.0.0.rc1', 'pep440'],
    ['1.0.0-rc.1', 'semver'],
    ['1.0.0-alpha.1', 'semver'],
    ['v1.0.0-beta', 'semver'],
    ['1.0.0-rc1', 'semver'],
    ['1.0.0-dev.3', 'semver'],
    ['1.0.0-1', 'pep440'],
    ['1.0.0-post.1', 'pep440'],
    ['1.0.0-rc.1.dev.2', 'pep440'],
    ['1.0.0_rc.1', 'pep440'],
    ['1.0.0-rc.1+ubuntu.2', 'semver'],
  ])('of %s is %s', (text, spelling) => {
    expect(version(text).spelling).toBe(spelling)
  })

  it('is written and read back as the same version, in both spellings', () => {
    fc.assert(
      fc.property(partsOf({ locals: true }), parts => {
        for (const spelling of ['pep440', 'semver'] as const) {
          if (spelling === 'semver' && !semverCanSay(parts)) {
            expect(() => formatVersion(parts, spelling)).toThrow('has no spelling in semver')
            continue
          }
          const text = formatVersion(parts, spelling)
          const shows = parts.pre !== undefined || parts.dev !== undefined
          expect(parseVersion(text)).toEqual({ text, spelling: shows ? spelling : 'pep440', ...parts })
        }
      }),
    )
  })

  it('does not change the normal form, and the normal form is its own', () => {
    fc.assert(
      fc.property(partsOf({ locals: true }).filter(semverCanSay), parts => {
        const normal = normalizedVersion(parts)
        expect(normalizedVersion(version(formatVersion(parts, 'semver')))).toBe(normal)
        expect(normalizedVersion(version(normal))).toBe(normal)
      }),
    )
  })

  it('of semver uses its words', () => {
    expect(formatVersion(version('1.0.0a1'), 'semver')).toBe('1.0.0-alpha.1')
    expect(formatVersion(version('1.0.0b2'), 'semver')).toBe('1.0.0-beta.2')
    expect(formatVersion(version('1.0.0c3'), 'semver')).toBe('1.0.0-rc.3')
    expect(formatVersion(version('1.0.0.dev4'), 'semver')).toBe('1.0.0-dev.4')
  })
})
