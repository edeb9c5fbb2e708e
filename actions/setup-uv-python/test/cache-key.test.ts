import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  cacheKey,
  canonicalJson,
  imageName,
  isoWeek,
  lockHash,
  setHash,
  unlockedHash,
} from '../src/cache-key.ts'
import type { InstallSet } from '../src/inputs.ts'

const parts = {
  image: 'ubuntu24',
  arch: 'x64',
  libc: 'glibc',
  pythonMinor: '3.11',
  freeThreaded: false,
  set: 'aaaaaaaaaaaa',
  lock: 'bbbbbbbbbbbbbbbb',
  suffix: '',
} as const

const set: InstallSet = {
  extras: { kind: 'these', names: ['all', 'dev'] },
  groups: { kind: 'default' },
  project: 'editable',
  resolution: 'locked',
}

describe('the key', () => {
  it('has the documented form, and the restore prefix ends after the set', () => {
    expect(cacheKey(parts)).toEqual({
      primary: 'tls1-ubuntu24-x64-py3.11-aaaaaaaaaaaa-bbbbbbbbbbbbbbbb',
      restorePrefix: 'tls1-ubuntu24-x64-py3.11-aaaaaaaaaaaa-',
    })
    expect(
      cacheKey({ ...parts, libc: 'musl', freeThreaded: true, pythonMinor: '3.13', suffix: 'x' }).primary,
    ).toBe('tls1-ubuntu24-x64-musl-py3.13t-aaaaaaaaaaaa-bbbbbbbbbbbbbbbb-x')
  })

  it('names the machine by its image, else by its distribution, else by its kernel', () => {
    const machine = { imageOs: undefined, osRelease: '', platform: 'linux', release: '6.8.0' } as const
    const debian = 'PRETTY_NAME="Debian"\nVERSION_ID="12"\nID=debian\n'
    expect(imageName({ ...machine, imageOs: 'ubuntu24' })).toBe('ubuntu24')
    expect(imageName({ ...machine, osRelease: debian })).toBe('debian12')
    expect(imageName({ ...machine, platform: 'darwin', release: '24.1.0', osRelease: debian })).toBe(
      'darwin24',
    )
    expect(imageName(machine)).toBe('linux6')
  })
})

describe('the set hash', () => {
  it('is the same for any order of extras', () => {
    const other: InstallSet = { ...set, extras: { kind: 'these', names: ['dev', 'all'] } }
    expect(setHash(other, 'auto')).toBe(setHash(set, 'auto'))
    expect(setHash(set, 'auto')).toMatch(/^[0-9a-f]{12}$/)
  })

  it('differs for every part of a set', () => {
    const venv = { pythonVersion: '3.11.9', pythonPath: '/p', venv: '/v' }
    const hashes = [
      setHash(set, 'auto'),
      setHash(set, 'all'),
      setHash(set, 'auto', venv),
      setHash({ ...set, extras: { kind: 'all' } }, 'auto'),
      setHash({ ...set, groups: { kind: 'these', names: [] } }, 'auto'),
      setHash({ ...set, project: 'none' }, 'auto'),
      setHash({ ...set, resolution: 'highest' }, 'auto'),
    ]
    expect(new Set(hashes).size).toBe(hashes.length)
  })
})

describe('the lock hash', () => {
  const tables = { dependencies: ['a>=1'], extras: {}, groups: {}, buildSystem: null }
  const monday = new Date('2026-11-23T00:00:00Z')

  it('is the beginning of the digest of uv.lock', () => {
    expect(lockHash({ sha256: '0123456789abcdef'.repeat(4) })).toBe('0123456789abcdef')
  })

  it('lasts for one ISO week without a lock, and changes with the requirements', () => {
    const hash = unlockedHash(tables, monday)
    expect(unlockedHash(tables, new Date('2026-11-29T23:59:59Z'))).toBe(hash)
    expect(unlockedHash(tables, new Date('2026-11-30T00:00:00Z'))).not.toBe(hash)
    expect(unlockedHash({ ...tables, dependencies: ['a>=2'] }, monday)).not.toBe(hash)
  })

  it.each([
    ['2021-01-03', '2020-W53'],
    ['2021-01-04', '2021-W01'],
    ['2024-12-30', '2025-W01'],
    ['2026-12-31', '2026-W53'],
  ])('puts %s into week %s', (date, week) => {
    expect(isoWeek(new Date(`${date}T12:00:00Z`))).toBe(week)
  })

  it('writes equal values as equal text, whatever the order of their keys', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), value => {
        const reversed = Object.fromEntries(Object.entries(value).reverse())
        expect(canonicalJson(reversed)).toBe(canonicalJson(value))
      }),
    )
  })
})
