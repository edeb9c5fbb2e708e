import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { exec } from '@tokenledger/kit'
import { installIn } from '../src/install.ts'
import { fakeUv, releaseTarGz, sha256, zip } from './support/archives.ts'
import { closeServers, serve, status } from './support/server.ts'
import {
  folder,
  githubPath,
  mirrorPath,
  refusal,
  removeFolders,
  request,
  runner,
  windows,
} from './support/situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const archive = releaseTarGz('0.12.5')
const checksum = sha256(archive)
const download = mirrorPath('0.12.5')

function uvOnPath(version: string): string {
  const directory = folder()
  writeFileSync(join(directory, 'uv'), fakeUv(version), { mode: 0o755 })
  return directory
}

/** A runner whose GitHub is `github`, by the variable of uv's own installer. */
const withGithub = (github: { readonly url: string }) => runner({ UV_INSTALLER_GITHUB_BASE_URL: github.url })

describe('PATH', () => {
  it('gives its uv when that answers the request', async () => {
    const directory = uvOnPath('0.12.3')
    const uv = await installIn(
      runner({ PATH: `/nowhere:${directory}` }),
      request({ specifier: '>=0.12,<0.13' }),
    )
    expect(uv).toMatchObject({
      version: '0.12.3',
      source: 'path',
      path: join(directory, 'uv'),
      directory,
      bytes: 0,
    })
  })

  it('is passed over when its uv is another version or does not answer', async () => {
    const mirror = await serve({ [download]: archive })
    for (const version of ['0.12.4', 'unknown']) {
      const around = runner({ PATH: uvOnPath(version) })
      expect((await installIn(around, request({ checksum, mirror: mirror.url }))).source).toBe('mirror')
    }
  })

  it('is not looked at when the sources leave it out', async () => {
    const around = runner({ PATH: uvOnPath('0.12.5') })
    const { cache } = around
    const directory = join(cache, 'uv', '0.12.5', 'x64')
    mkdirSync(directory, { recursive: true })
    writeFileSync(join(directory, 'uv'), '')
    writeFileSync(`${directory}.complete`, '')
    expect((await installIn(around, request({ sources: ['tool-cache', 'path'] }))).source).toBe('tool-cache')
    expect((await installIn(around, request({ sources: ['path', 'tool-cache'] }))).source).toBe('path')
  })
})

describe('the mirror', () => {
  it('gives a uv that runs, and the tool cache has it from then on', async () => {
    const mirror = await serve({ [download]: archive })
    const around = runner({ UV_ASTRAL_MIRROR_URL: `${mirror.url}/` })
    const uv = await installIn(around, request({ checksum }))
    const directory = join(around.cache, 'uv', '0.12.5', 'x64')
    expect(uv).toMatchObject({ source: 'mirror', version: '0.12.5', bytes: archive.length, directory })
    expect((await exec(uv.path, ['--version'])).stdout).toBe('uv 0.12.5 (fake)\n')
    expect(await installIn(around, request())).toMatchObject({
      source: 'tool-cache',
      path: uv.path,
      bytes: 0,
    })
    expect(mirror.asked).toEqual([download])
  })

  it('gives a zip on Windows', async () => {
    const content = zip(['uv.exe', 'uvw.exe', 'uvx.exe'].map(name => ({ name, content: `MZ ${name}` })))
    const mirror = await serve({ [mirrorPath('0.12.5', 'uv-x86_64-pc-windows-msvc.zip')]: content })
    const around = runner({}, { platform: windows })
    const uv = await installIn(around, request({ checksum: sha256(content), mirror: mirror.url }))
    expect(uv.path).toBe(join(around.cache, 'uv', '0.12.5', 'x64', 'uv.exe'))
    expect(readdirSync(uv.directory).sort()).toEqual(['uv.exe', 'uvw.exe', 'uvx.exe'])
  })

  it('of the user’s own replaces GitHub', async () => {
    const mirror = await serve({})
    const github = await serve({ [githubPath('0.12.5')]: archive })
    const around = withGithub(github)
    const both = request({ checksum, mirror: mirror.url, sources: ['mirror', 'github'] })
    expect(await refusal(installIn(around, both))).toMatch(`Tried: ${mirror.host} (HTTP 404, N s). Behind`)
    expect(github.asked).toEqual([])
  })

  it('gets the credentials in its address as a header, and no message shows them', async () => {
    const mirror = await serve({})
    const address = mirror.url.replace('http://', 'http://ann:s3cret-word@')
    const asked = request({ checksum, mirror: address, sources: ['mirror'] })
    const message = await refusal(installIn(runner(), asked))
    expect(message).toMatch(`Tried: ${mirror.host} (HTTP 404, N s)`)
    expect(message).not.toMatch('s3cret-word')
    expect(mirror.headers[0]?.authorization).toBe(
      `Basic ${Buffer.from('ann:s3cret-word').toString('base64')}`,
    )
  })

  it('that redirects is followed', async () => {
    const storage = await serve({ '/blob': archive })
    const mirror = await serve({
      [download]: (_request, response) => response.writeHead(302, { location: `${storage.url}/blob` }).end(),
    })
    expect((await installIn(runner(), request({ checksum, mirror: mirror.url }))).source).toBe('mirror')
  })
})

describe('GitHub', () => {
  it('gets the token; the storage that it redirects to does not', async () => {
    const storage = await serve({ '/blob': archive })
    const github = await serve({
      [githubPath('0.12.5')]: (_request, response) =>
        response.writeHead(302, { location: `${storage.url}/blob` }).end(),
    })
    const uv = await installIn(
      withGithub(github),
      request({ checksum, sources: ['github'], githubToken: 'ghs_token' }),
    )
    expect(uv.source).toBe('github')
    expect(github.headers[0]?.authorization).toBe('Bearer ghs_token')
    expect(storage.headers[0]).not.toHaveProperty('authorization')
  })

  it('stands behind the mirror in the given order', async () => {
    const github = await serve({ [githubPath('0.12.5')]: archive })
    const index = await serve({ '/uv/': status(500) })
    const around = withGithub(github)
    const env = { ...around.env, PIP_INDEX_URL: index.url }
    const uv = await installIn({ ...around, env }, request({ checksum, sources: ['pypi', 'github'] }))
    expect(uv.source).toBe('github')
    expect(index.asked).toEqual(['/uv/'])
  })
})
