import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  compareVersions,
  leadsTo,
  type NextRequest,
  nextVersion,
  type Part,
  parseVersion,
  repositorySpelling,
  type Version,
} from '../src/index.ts'
import { version, versionsOf } from './arbitraries.ts'

const next = (from: string, part: Part, label?: NextRequest['label']) =>
  nextVersion(version(from), { part, ...(label ? { label } : {}) }).version.text

describe('the version after', () => {
  it.each<[string, Part, NextRequest['label'], string]>([
    ['1.2.3', 'major', undefined, '2.0.0'],
    ['1.2.3', 'minor', undefined, '1.3.0'],
    ['1.2.3', 'patch', undefined, '1.2.4'],
    ['1.2.9', 'patch', undefined, '1.2.10'],
    ['1.2.3', 'minor', 'rc', '1.3.0rc1'],
    ['1.2.3', 'major', 'a', '2.0.0a1'],
    ['1.2.3', 'patch', 'b', '1.2.4b1'],
    ['1.3.0rc1', 'prerelease', undefined, '1.3.0rc2'],
    ['1.3.0rc9', 'prerelease', 'rc', '1.3.0rc10'],
    ['1.3.0a4', 'prerelease', 'b', '1.3.0b1'],
    ['1.3.0a4', 'prerelease', 'rc', '1.3.0rc1'],
    ['1.3.0b2', 'prerelease', 'rc', '1.3.0rc1'],
    ['1.3.0.dev4', 'prerelease', 'a', '1.3.0a1'],
    ['1.3.0rc2.dev1', 'prerelease', undefined, '1.3.0rc2'],
    ['1.3.0b2.dev1', 'prerelease', 'rc', '1.3.0rc1'],
    ['1.3.0rc1.post1', 'prerelease', undefined, '1.3.0rc2'],
    ['1.3.0rc2', 'finalize', undefined, '1.3.0'],
    ['1.3.0.dev4', 'finalize', undefined, '1.3.0'],
    ['1.3.0rc2.dev1', 'finalize', undefined, '1.3.0'],
    ['1.3.0rc2.post1', 'finalize', undefined, '1.3.0'],
    ['1.2.3.post2.dev1', 'finalize', undefined, '1.2.3.post2'],
    ['1.2.3', 'post', undefined, '1.2.3.post1'],
    ['1.2.3.post1', 'post', undefined, '1.2.3.post2'],
    ['1.2.3.post2.dev1', 'post', undefined, '1.2.3.post2'],
    ['1.2.3', 'dev', undefined, '1.2.4.dev0'],
    ['1.2.4.dev0', 'dev', undefined, '1.2.4.dev1'],
    ['1.3.0rc1', 'dev', undefined, '1.3.0rc2.dev0'],
    ['1.3.0rc2.dev0', 'dev', undefined, '1.3.0rc2.dev1'],
    ['1.2.3.post1', 'dev', undefined, '1.2.4.dev0'],
    ['1.2.3.post2.dev1', 'dev', undefined, '1.2.3.post2.dev2'],
    ['1.2.3.post1', 'patch', undefined, '1.2.4'],
    ['1.2.3.post1.dev0', 'patch', undefined, '1.2.4'],
  ])('%s by %s %s is %s', (from, part, label = undefined, to) => {
    expect(next(from, part, label)).toBe(to)
  })

  it.each<[string, Part, string]>([
    ['1.2', 'major', '2.0'],
    ['1.2', 'minor', '1.3'],
    ['1.2', 'patch', '1.2.1'],
    ['1', 'minor', '1.1'],
    ['1.2.3.4', 'patch', '1.2.4.0'],
    ['1.2.3.4', 'minor', '1.3.0.0'],
    ['2!1.2.3', 'major', '2!2.0.0'],
    ['1!1.0rc1', 'finalize', '1!1.0'],
  ])('keeps components and epoch: %s by %s is %s', (from, part, to) => {
    expect(next(from, part)).toBe(to)
  })

  it.each<[string, Part, NextRequest['label'], string]>([
    ['1.0.0-rc.1', 'prerelease', undefined, '1.0.0-rc.2'],
    ['1.0.0-rc1', 'prerelease', undefined, '1.0.0-rc2'],
    ['1.0.0-alpha.3', 'prerelease', 'b', '1.0.0-beta.1'],
    ['1.0.0-rc.1', 'finalize', undefined, '1.0.0'],
    ['1.0.0-dev.3', 'dev', undefined, '1.0.0-dev.4'],
    ['1.0.0-dev3', 'dev', undefined, '1.0.0-dev4'],
    ['1.0.0.rc1', 'prerelease', undefined, '1.0.0.rc2'],
    ['1.0.0-beta', 'prerelease', undefined, '1.0.0-beta.1'],
    ['1.0.0-1', 'post', undefined, '1.0.0-2'],
    ['1.0-rc.1', 'prerelease', undefined, '1.0-rc.2'],
    ['2026.01', 'minor', undefined, '2026.02'],
    ['2026.09.1', 'minor', undefined, '2026.10.0'],
    ['v1.2.3', 'patch', undefined, '1.2.4'],
    ['1.0.0alpha1', 'major', undefined, ''],
  ])('is spelled like it: %s by %s %s is %s', (from, part, label = undefined, to) => {
    if (to) expect(next(from, part, label)).toBe(to)
    else expect(() => next(from, part, label)).toThrow('1.0.0alpha1 already leads to 1.0.0')
  })

  it('takes the spelling of the repository when it shows none itself', () => {
    const spelling = repositorySpelling(version('1.2.3'), ['1.2.2', '1.2.0-rc.2', '1.0.0rc1'].map(version))
    const from = { ...version('1.2.3'), spelling }
    expect(nextVersion(from, { part: 'minor', label: 'rc' }).version).toEqual(version('1.3.0-rc.1'))
    expect(repositorySpelling(version('1.2.3rc1'), [version('1.2.0-rc.2')])).toBe('pep440')
    expect(repositorySpelling(version('1.2.3'), [version('1.2.2')])).toBe('pep440')
  })

  it('comes with the reason', () => {
    const reason = (from: string, request: NextRequest) => nextVersion(version(from), request).reason
    expect(reason('1.2.3', { part: 'minor', label: 'rc' })).toBe(
      'the next minor release after 1.2.3, as its first rc',
    )
    expect(reason('1.3.0rc2', { part: 'finalize' })).toBe('the release that 1.3.0rc2 leads to')
    expect(reason('1.3.0b2', { part: 'prerelease', label: 'rc' })).toBe('the first rc after 1.3.0b2')
  })
})

describe('a bigger step than the one that a prerelease leads to', () => {
  it.each<[string, Part, string]>([
    ['1.3.0rc2', 'major', '2.0.0'],
    ['1.2.4rc1', 'minor', '1.3.0'],
    ['1.2.4rc1', 'major', '2.0.0'],
    ['1.2.3.4rc1', 'patch', '1.2.4.0'],
  ])('starts afresh: %s by %s is %s', (from, part, to) => {
    expect(next(from, part)).toBe(to)
  })

  it('is known beforehand', () => {
    const levels = [
      '2.0.0rc1',
      '1.3.0rc2',
      '1.2.4.dev1',
      '1.2.3',
      '1.2.3.4rc1',
      '0.0.0a1',
      '1.2.3.post1.dev0',
    ]
    expect(levels.map(text => leadsTo(version(text)))).toEqual([
      'major',
      'minor',
      'patch',
      undefined,
      undefined,
      'major',
      undefined,
    ])
  })
})

describe('no version comes', () => {
  const onItsWay = 'Use part: finalize to release it, or part: prerelease for another prerelease of it.'

  it.each<[string, Part, NextRequest['label'], string]>([
    ['1.3.0rc2', 'patch', undefined, `1.3.0rc2 already leads to 1.3.0, a minor release. ${onItsWay}`],
    ['1.3.0rc2', 'minor', 'rc', `1.3.0rc2 already leads to 1.3.0, a minor release. ${onItsWay}`],
    ['2.0.0-rc.1', 'major', undefined, `2.0.0-rc.1 already leads to 2.0.0, a major release. ${onItsWay}`],
    [
      '1.3.0rc2',
      'prerelease',
      'a',
      'prerelease-label: a would go down from 1.3.0rc2: the order is a, b, rc. Leave it out, or set rc or a later one.',
    ],
    [
      '1.2.3',
      'prerelease',
      undefined,
      '1.2.3 is no prerelease that could be counted up. Use part: minor (or major, patch) with prerelease-label: rc for the first one of the next release.',
    ],
    ['1.2.3.post1.dev0', 'prerelease', 'b', 'with prerelease-label: b for the first one'],
    [
      '1.3.0.dev4',
      'prerelease',
      undefined,
      '1.3.0.dev4 has no prerelease label yet. Set prerelease-label to one of a, b, rc.',
    ],
    ['1.3.0', 'finalize', undefined, '1.3.0 is final already. Use part: patch, minor or major.'],
    ['1.3.0.post1', 'finalize', undefined, '1.3.0.post1 is final already.'],
    [
      '1.3.0rc2',
      'post',
      undefined,
      '1.3.0rc2 is a prerelease, which gets no post release. Use part: prerelease for the next one, or part: finalize.',
    ],
    ['1.3.0.dev1', 'post', undefined, '1.3.0.dev1 is a prerelease, which gets no post release.'],
    [
      '1.3.0rc2',
      'finalize',
      'rc',
      'prerelease-label: rc has no meaning with part: finalize. Leave it out, or use one of major, minor, patch, prerelease.',
    ],
    ['1.2.3', 'dev', 'a', 'prerelease-label: a has no meaning with part: dev.'],
    [
      'v1.2.3+ubuntu.1',
      'patch',
      undefined,
      '1.2.3+ubuntu.1 carries the local label +ubuntu.1, which marks a changed copy and is never released. Set the version to 1.2.3 first.',
    ],
    ['1.9007199254740991', 'minor', undefined, 'counts beyond 2^53 - 1. Set the new version by hand.'],
    ['1.0.0-rc.1', 'dev', undefined, '1.0.0rc2.dev0 has no spelling in semver'],
  ])('after %s by %s %s', (from, part, label = undefined, message) => {
    expect(() => next(from, part, label)).toThrow(
      expect.objectContaining({ name: 'UserError', message: expect.stringContaining(message) }),
    )
  })

  it('by post in a repository that spells by semver', () => {
    const from: Version = { ...version('1.2.3'), spelling: 'semver' }
    expect(() => nextVersion(from, { part: 'post' })).toThrow(
      '1.2.3.post1 has no spelling in semver, which does not know post releases. Spell versions by PEP 440, or choose another part.',
    )
  })
})

describe('whatever the version and the part', () => {
  const parts = fc.constantFrom<Part>('major', 'minor', 'patch', 'prerelease', 'finalize', 'post', 'dev')
  const labels = fc.constantFrom('a' as const, 'b' as const, 'rc' as const, undefined)

  it('the next one is higher, and its text says just what it is', () => {
    let made = 0
    fc.assert(
      fc.property(versionsOf(), parts, labels, (from, part, label) => {
        const to = attempt(from, { part, ...(label ? { label } : {}) })
        if (!to) return
        made += 1
        expect(compareVersions(to, from)).toBeGreaterThan(0)
        expect(parseVersion(to.text)).toEqual(to)
        expect(to.epoch).toBe(from.epoch)
        if (to.pre) expect(to.spelling).toBe(from.spelling === 'semver' ? 'semver' : 'pep440')
      }),
      { numRuns: 2000 },
    )
    expect(made).toBeGreaterThan(500)
  })

  it('a prerelease and its end give what the step alone gives', () => {
    const levels = fc.constantFrom('major' as const, 'minor' as const, 'patch' as const)
    fc.assert(
      fc.property(versionsOf(), levels, labels, (from, part, label = 'rc') => {
        const direct = attempt(from, { part })
        if (!direct) return
        const first = nextVersion(from, { part, label }).version
        expect(nextVersion(first, { part: 'finalize' }).version).toEqual(direct)
      }),
    )
  })
})

/** Undefined where the step is refused, which has to be by a UserError. */
function attempt(from: Version, request: NextRequest): Version | undefined {
  try {
    return nextVersion(from, request).version
  } catch (error) {
    expect(error).toMatchObject({ name: 'UserError' })
    return undefined
  }
}
