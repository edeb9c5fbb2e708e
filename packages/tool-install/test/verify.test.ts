import { afterEach, describe, expect, it } from '@jest/globals'
import { archiveDigest, knownDigests, knownVersions, wheelDigest } from '../src/digests.ts'
import { DEFAULT_UV_VERSION } from '../src/index.ts'
import { installIn } from '../src/install.ts'
import { detectPlatform } from '../src/platform.ts'
import { releaseTarGz, sha256, wheel } from './support/archives.ts'
import { closeServers, json, serve } from './support/server.ts'
import { linux, mirrorPath, removeFolders, request, runner, WHEEL } from './support/situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const archive = releaseTarGz('0.99.0')
const MANIFEST = '/github/versions/main/v1/uv.ndjson'
const manifest = (digest: string) =>
  `${JSON.stringify({
    version: '0.99.0',
    artifacts: [
      { platform: 'x86_64-unknown-linux-gnu', variant: 'other', sha256: '0'.repeat(64) },
      { platform: 'x86_64-unknown-linux-gnu', variant: 'default', sha256: digest },
    ],
  })}\n`
const unknown = request({ specifier: '0.99.0' })

describe('the bundled digests', () => {
  it('cover the default version on every platform, as archive and as wheel', async () => {
    const digests = (await knownDigests())[DEFAULT_UV_VERSION] ?? {}
    expect(Object.keys(digests)).toHaveLength(16)
    for (const digest of Object.values(digests)) expect(digest).toMatch(/^[0-9a-f]{64}$/)
    for (const [platform, arch] of [
      ['linux', 'x64'],
      ['linux', 'arm64'],
      ['darwin', 'arm64'],
      ['win32', 'x64'],
    ] as const) {
      const { triple } = detectPlatform({ platform, arch, report: {} })
      expect(digests).toHaveProperty([triple])
    }
  })

  it('hold every version from 0.11 on and the last of the minors before', async () => {
    const versions = knownVersions(await knownDigests())
    expect(versions[0]).toBe('0.12.5')
    expect(versions).toHaveLength(43)
    expect(versions.slice(-3)).toEqual(['0.10.12', '0.9.30', '0.8.24'])
  })

  it('give way to what the user states, for archives by checksum and for wheels by uv.lock', async () => {
    const table = await knownDigests()
    expect(archiveDigest(table, { checksum: 'ABC ' }, '0.12.5', linux)).toEqual({
      sha256: 'abc',
      origin: 'uv-checksum',
    })
    expect(archiveDigest(table, {}, '0.12.5', linux)?.origin).toBe('bundled')
    const lockedWheels = [{ filename: WHEEL, sha256: 'def' }]
    expect(wheelDigest(table, { lockedWheels }, '0.12.5', WHEEL)).toEqual({
      sha256: 'def',
      origin: 'uv.lock',
    })
    expect(wheelDigest(table, {}, '0.12.5', WHEEL)?.origin).toBe('bundled')
  })
})

describe('a version without a digest', () => {
  it('is refused before anything is downloaded', async () => {
    const mirror = await serve({ [mirrorPath('0.99.0')]: archive })
    const around = runner({ PIP_INDEX_URL: `${mirror.url}/simple` })
    await expect(installIn(around, { ...unknown, mirror: mirror.url })).rejects.toThrow(
      'No SHA-256 is known here for uv 0.99.0 (newest known: 0.12.5). Update this action, pass uv-checksum, or set uv-verify: manifest.',
    )
    expect(mirror.asked).toEqual([])
  })

  it('is installed when the user passes its checksum', async () => {
    const mirror = await serve({ [mirrorPath('0.99.0')]: archive })
    const uv = await installIn(runner(), {
      ...unknown,
      mirror: mirror.url,
      checksum: sha256(archive).toUpperCase(),
    })
    expect(uv.version).toBe('0.99.0')
    expect(mirror.asked).toEqual([mirrorPath('0.99.0')])
  })

  it('is installed from the index when uv.lock pins its wheel, and the archives are passed over', async () => {
    const content = wheel('0.99.0')
    const filename = WHEEL.replace('0.12.5', '0.99.0')
    const index = await serve({
      '/uv/': json({ files: [{ filename, url: `/f/${filename}` }] }),
      [`/f/${filename}`]: content,
    })
    const lockedWheels = [{ filename, sha256: sha256(content) }]
    const uv = await installIn(runner({ PIP_INDEX_URL: index.url }), {
      ...unknown,
      lockedWheels,
      mirror: index.url,
    })
    expect(uv.source).toBe('pypi')
    expect(index.asked).toEqual(['/uv/', `/f/${filename}`])
  })
})

describe('verify: manifest', () => {
  const trusting = { ...unknown, verify: 'manifest' } as const

  it('takes the digest of the default variant from the manifest', async () => {
    const mirror = await serve({ [MANIFEST]: manifest(sha256(archive)), [mirrorPath('0.99.0')]: archive })
    expect((await installIn(runner(), { ...trusting, mirror: mirror.url })).version).toBe('0.99.0')
  })

  it('reads the manifest once for latest', async () => {
    const mirror = await serve({ [MANIFEST]: manifest(sha256(archive)), [mirrorPath('0.99.0')]: archive })
    await installIn(runner(), { ...trusting, specifier: 'latest', mirror: mirror.url })
    expect(mirror.asked).toEqual([MANIFEST, mirrorPath('0.99.0')])
  })

  it('still refuses bytes that differ from the manifest', async () => {
    const mirror = await serve({ [MANIFEST]: manifest('1'.repeat(64)), [mirrorPath('0.99.0')]: archive })
    await expect(installIn(runner(), { ...trusting, mirror: mirror.url })).rejects.toThrow(
      `is ${sha256(archive)}, expected ${'1'.repeat(64)} (manifest). The file was deleted and not run.`,
    )
  })

  it('names a mirror without a manifest, and goes on to the next source', async () => {
    const mirror = await serve({ [mirrorPath('0.99.0')]: archive })
    await expect(
      installIn(runner({ PIP_INDEX_URL: `${mirror.url}/simple` }), { ...trusting, mirror: mirror.url }),
    ).rejects.toThrow(
      /Tried: 127\.0\.0\.1:\d+ \(HTTP 404, 0\.\d s\), 127\.0\.0\.1:\d+ \(HTTP 404, 0\.\d s\)\./,
    )
    expect(mirror.asked).toEqual([MANIFEST, '/simple/uv/'])
  })

  it('takes the hash that the index states for a wheel', async () => {
    const content = wheel('0.99.0')
    const filename = WHEEL.replace('0.12.5', '0.99.0')
    const stated = (hash: string) =>
      json({ files: [{ filename, url: `/f/${filename}`, hashes: { sha256: hash } }] })
    const honest = await serve({ '/uv/': stated(sha256(content)), [`/f/${filename}`]: content })
    const pypi = { ...trusting, sources: ['pypi'] } as const
    expect((await installIn(runner({ PIP_INDEX_URL: honest.url }), pypi)).version).toBe('0.99.0')
    const wrong = await serve({ '/uv/': stated('2'.repeat(64)), [`/f/${filename}`]: content })
    await expect(installIn(runner({ PIP_INDEX_URL: wrong.url }), pypi)).rejects.toThrow('(index)')
  })
})
