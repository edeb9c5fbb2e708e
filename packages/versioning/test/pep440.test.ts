import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { compareVersions, isPrerelease, normalizedVersion, parseVersion } from '../src/index.ts'
import { partsOf, version, versionsOf, versionTexts } from './arbitraries.ts'
import { judgedByPackaging } from './packaging-oracle.ts'

interface GoldenVersion {
  readonly raw: string
  readonly valid: boolean
  readonly normalized: string
  readonly release: number[]
  readonly pre: [string, number] | null
  readonly post: number | null
  readonly dev: number | null
  readonly local: string | null
  readonly epoch: number
  readonly is_prerelease: boolean
}

const file = new URL('pep440.json', import.meta.url)
const golden: GoldenVersion[] = JSON.parse(readFileSync(file, 'utf8')).versions

describe('a recorded version', () => {
  it.each(golden.filter(({ valid }) => valid))('$raw is read as packaging reads it', recorded => {
    const parsed = version(recorded.raw)
    const { epoch, release, pre, post = null, dev = null, local = null } = parsed
    expect({ epoch, release, pre: pre ? [pre.label, pre.number] : null, post, dev, local }).toEqual({
      epoch: recorded.epoch,
      release: recorded.release,
      pre: recorded.pre,
      post: recorded.post,
      dev: recorded.dev,
      local: recorded.local,
    })
    expect(parsed.text).toBe(recorded.raw)
    expect(normalizedVersion(parsed)).toBe(recorded.normalized)
    expect(isPrerelease(parsed)).toBe(recorded.is_prerelease)
  })

  it.each(golden.filter(({ valid }) => !valid))('$raw is none', ({ raw }) => {
    expect(parseVersion(raw)).toBeUndefined()
  })

  it('has its place in the order of packaging', () => {
    const versions = golden.filter(({ valid }) => valid).map(({ raw }) => version(raw))
    expectOrderOfPackaging(versions.map(({ text }) => text))
  })
})

describe('whatever is written', () => {
  it('is a version to us when it is one to packaging, with the same meaning', () => {
    const texts = fc.sample(versionTexts, 3000)
    const judged = judgedByPackaging(texts)
    const ours = texts.map(text => {
      const parsed = parseVersion(text)
      return parsed
        ? {
            normalized: normalizedVersion(parsed),
            prerelease: isPrerelease(parsed),
            local: parsed.local ?? null,
          }
        : { normalized: null, prerelease: false, local: null }
    })
    expect(ours).toEqual(
      judged.map(({ normalized, prerelease, local }) => ({ normalized, prerelease, local })),
    )
    expect(judged.filter(({ normalized }) => normalized !== null).length).toBeGreaterThan(500)
  })

  it('sorts as packaging sorts it, local labels and epochs included', () => {
    expectOrderOfPackaging(fc.sample(versionsOf({ locals: true }), 400).map(({ text }) => text))
    const segments = ['1', '2', '10', '1e5', '0x1', 'a', 'a.1', 'a.b', '1.1', '1.a', 'abc']
    expectOrderOfPackaging(['1.0', ...segments.map(local => `1.0+${local}`)])
    const near = [
      '1.0.dev0',
      '1.0a1.dev1',
      '1.0a1',
      '1.0a1.post1.dev2',
      '1.0a1.post1',
      '1.0',
      '1.0.0',
      '1.0.post1.dev2',
    ]
    expectOrderOfPackaging([
      ...near,
      '1.0.post1',
      '1.1.dev1',
      '1!0.1',
      '1.0-rc.1',
      '1.0rc1',
      '1.0-alpha.2',
      '1.0-dev.3',
    ])
  })

  it('is refused with a number that JavaScript cannot count on from', () => {
    expect(parseVersion(`1.${Number.MAX_SAFE_INTEGER}`)?.release).toEqual([1, Number.MAX_SAFE_INTEGER])
    for (const text of [
      '1.9007199254740992',
      '9007199254740992!1',
      '1rc9007199254740992',
      '1.dev9007199254740992',
    ]) {
      expect(parseVersion(text)).toBeUndefined()
    }
  })
})

describe('the order', () => {
  it('is total', () => {
    const any = partsOf({ locals: true })
    fc.assert(
      fc.property(any, any, any, (a, b, c) => {
        expect(compareVersions(a, a)).toBe(0)
        expect(Math.sign(compareVersions(a, b))).toBe(0 - Math.sign(compareVersions(b, a)))
        const [low, middle, high] = [a, b, c].sort(compareVersions)
        if (low && middle && high) expect(compareVersions(low, high)).toBeLessThanOrEqual(0)
        if (compareVersions(a, b) === 0)
          expect(Math.sign(compareVersions(a, c))).toBe(Math.sign(compareVersions(b, c)))
      }),
    )
  })

  it('does not see how a version is spelled', () => {
    expect(compareVersions(version('v1.0.0-rc.1'), version('1.0.0rc1'))).toBe(0)
    fc.assert(
      fc.property(versionsOf({ locals: true }), one => {
        expect(compareVersions(one, version(normalizedVersion(one)))).toBe(0)
      }),
    )
  })
})

/** All pairs. */
function expectOrderOfPackaging(texts: readonly string[]): void {
  const judged = judgedByPackaging(texts)
  const wrong = texts.flatMap((a, i) =>
    texts
      .filter((b, j) => {
        const expected = Math.sign((judged[i]?.rank ?? 0) - (judged[j]?.rank ?? 0))
        return Math.sign(compareVersions(version(a), version(b))) !== expected
      })
      .map(b => `${a} and ${b}`),
  )
  expect(wrong).toEqual([])
}
