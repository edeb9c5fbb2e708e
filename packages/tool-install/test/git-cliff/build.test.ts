import { describe, expect, it } from '@jest/globals'
import { cliffBuild } from '../../src/git-cliff/build.ts'
import { KNOWN_DIGESTS, NPM_PLATFORMS } from '../../src/git-cliff/digests.ts'
import { DEFAULT_GIT_CLIFF_VERSION } from '../../src/index.ts'

const glibc = { header: { glibcVersionRuntime: '2.39' } }

describe('the known digests', () => {
  it('cover every platform of the default version, each with its own', () => {
    const known = KNOWN_DIGESTS[DEFAULT_GIT_CLIFF_VERSION]
    expect(Object.keys(known ?? {})).toEqual([...NPM_PLATFORMS])
    const all = Object.values(known ?? {})
    for (const { tarball, program } of all) {
      expect(Buffer.from(tarball.replace(/^sha512-/, ''), 'base64')).toHaveLength(64)
      expect(program).toMatch(/^[0-9a-f]{64}$/)
    }
    expect(new Set(all.flatMap(digests => Object.values(digests))).size).toBe(12)
  })
})

describe('the build for a machine', () => {
  it.each([
    ['linux', 'x64', 'git-cliff-linux-x64', 'git-cliff'],
    ['linux', 'arm64', 'git-cliff-linux-arm64', 'git-cliff'],
    ['darwin', 'x64', 'git-cliff-darwin-x64', 'git-cliff'],
    ['darwin', 'arm64', 'git-cliff-darwin-arm64', 'git-cliff'],
    ['win32', 'x64', 'git-cliff-windows-x64', 'git-cliff.exe'],
    ['win32', 'arm64', 'git-cliff-windows-arm64', 'git-cliff.exe'],
  ])('with %s on %s is %s', (platform, arch, name, program) => {
    const build = cliffBuild('2.13.1', KNOWN_DIGESTS, { platform, arch, report: glibc })
    expect(build).toMatchObject({ package: name, program })
  })

  it.each([
    { platform: 'freebsd', arch: 'x64', report: {}, of: 'freebsd x64' },
    { platform: 'linux', arch: 'riscv64', report: glibc, of: 'linux riscv64' },
    { platform: 'linux', arch: 'x64', report: { header: {} }, of: 'linux-x64 with musl' },
  ])('with $of is refused with the ones that there are', ({ of, ...facts }) => {
    expect(() => cliffBuild('2.13.1', KNOWN_DIGESTS, facts)).toThrow(
      `There is no git-cliff for ${of}; there is one for linux-x64, linux-arm64, darwin-x64, darwin-arm64, windows-x64, windows-arm64 (Linux with glibc).`,
    )
  })

  it('of an unknown version is refused with the known ones', () => {
    expect(() => cliffBuild('2.14.2', KNOWN_DIGESTS)).toThrow(
      'No digest is known here for git-cliff 2.14.2; known: 2.13.1. Set git-cliff-version to one of them, or update this action.',
    )
  })
})
