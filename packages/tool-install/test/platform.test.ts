import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { chooseWheel, mirrorOf } from '../src/artifact.ts'
import { detectPlatform } from '../src/platform.ts'
import { onPath } from '../src/sources/path.ts'
import { folder, removeFolders } from './support/situation.ts'

const glibc = { header: { glibcVersionRuntime: '2.39' } }

describe('the platform', () => {
  it.each([
    ['linux', 'x64', glibc, 'x86_64-unknown-linux-gnu', 'x64'],
    ['linux', 'arm64', glibc, 'aarch64-unknown-linux-gnu', 'arm64'],
    ['linux', 'x64', { header: {} }, 'x86_64-unknown-linux-musl', 'x64-musl'],
    ['linux', 'arm64', undefined, 'aarch64-unknown-linux-musl', 'arm64-musl'],
    ['darwin', 'x64', {}, 'x86_64-apple-darwin', 'x64'],
    ['darwin', 'arm64', {}, 'aarch64-apple-darwin', 'arm64'],
    ['win32', 'x64', {}, 'x86_64-pc-windows-msvc', 'x64'],
    ['win32', 'arm64', {}, 'aarch64-pc-windows-msvc', 'arm64'],
  ])('of %s %s is that of the target triple', (platform, arch, report, triple, toolCacheArch) => {
    expect(detectPlatform({ platform, arch, report })).toMatchObject({ triple, toolCacheArch })
  })

  it('of this process is found without help', () => {
    expect(detectPlatform()).toMatchObject({ os: process.platform, arch: process.arch })
  })

  it.each([
    ['linux', 'riscv64'],
    ['freebsd', 'x64'],
  ])('%s %s is refused with what there is', (platform, arch) => {
    expect(() => detectPlatform({ platform, arch, report: glibc })).toThrow(
      `This action has no uv for ${platform} ${arch}; it has one for Linux (glibc or musl), macOS and Windows, each on x64 and arm64.`,
    )
  })
})

describe('the wheel', () => {
  const files = [
    'linux_armv6l',
    'macosx_10_12_x86_64',
    'macosx_11_0_arm64',
    'manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64',
    'manylinux_2_17_i686.manylinux2014_i686',
    'manylinux_2_28_aarch64',
    'manylinux_2_17_x86_64.manylinux2014_x86_64',
    'musllinux_1_1_x86_64',
    'win_amd64',
    'win_arm64',
  ].map(tag => ({ filename: `uv-0.12.5-py3-none-${tag}.whl` }))

  it.each([
    ['linux', 'x64', glibc, 'manylinux_2_17_x86_64.manylinux2014_x86_64'],
    ['linux', 'arm64', glibc, 'manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64'],
    ['linux', 'x64', {}, 'musllinux_1_1_x86_64'],
    ['linux', 'arm64', {}, 'manylinux_2_17_aarch64.manylinux2014_aarch64.musllinux_1_1_aarch64'],
    ['darwin', 'x64', {}, 'macosx_10_12_x86_64'],
    ['darwin', 'arm64', {}, 'macosx_11_0_arm64'],
    ['win32', 'x64', {}, 'win_amd64'],
    ['win32', 'arm64', {}, 'win_arm64'],
  ])('for %s %s is the one for the oldest C library', (platform, arch, report, tag) => {
    const chosen = chooseWheel([...files].reverse(), '0.12.5', detectPlatform({ platform, arch, report }))
    expect(chosen?.filename).toBe(`uv-0.12.5-py3-none-${tag}.whl`)
  })

  it('of another version or project is none', () => {
    const platform = detectPlatform({ platform: 'win32', arch: 'x64', report: {} })
    expect(
      chooseWheel([{ filename: 'uv-0.12.51-py3-none-win_amd64.whl' }], '0.12.5', platform),
    ).toBeUndefined()
    expect(
      chooseWheel([{ filename: 'uv_build-0.12.5-py3-none-win_amd64.whl' }], '0.12.5', platform),
    ).toBeUndefined()
  })
})

describe('the mirror', () => {
  it('is the input, else uv’s own variable, else Astral’s', () => {
    const env = { UV_ASTRAL_MIRROR_URL: 'https://b.example/' }
    expect(mirrorOf('https://a.example/x/', env)).toMatchObject({
      isCustom: true,
      endpoint: { url: 'https://a.example/x' },
    })
    expect(mirrorOf('', env)).toMatchObject({ isCustom: true, endpoint: { url: 'https://b.example' } })
    expect(mirrorOf(undefined, {})).toMatchObject({
      isCustom: false,
      endpoint: { host: 'releases.astral.sh' },
    })
  })

  it('that is no address is told with the place it came from', () => {
    expect(() => mirrorOf('artifactory/uv', {})).toThrow(
      'The mirror in input uv-mirror is not an HTTP address',
    )
    expect(() => mirrorOf('', { UV_ASTRAL_MIRROR_URL: 'x' })).toThrow(
      'The mirror in UV_ASTRAL_MIRROR_URL is not',
    )
  })
})

afterEach(removeFolders)

describe('PATH', () => {
  it('is read in any case and split at semicolons on Windows only', () => {
    const directory = folder()
    writeFileSync(join(directory, 'uv.exe'), '', { mode: 0o755 })
    const env = { Path: `/nowhere;${directory}` }
    expect(onPath(env, { os: 'win32' })).toBe(join(directory, 'uv.exe'))
    expect(onPath(env, { os: 'linux' })).toBeUndefined()
  })
})
