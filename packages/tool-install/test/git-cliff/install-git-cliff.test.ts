import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { installBuild } from '../../src/git-cliff/install-git-cliff.ts'
import { DEFAULT_GIT_CLIFF_VERSION, installGitCliff } from '../../src/index.ts'
import { closeServers, serve, status } from '../support/server.ts'
import { folder, refusal, removeFolders } from '../support/situation.ts'
import { buildOf, npmTarball, PROGRAM, packument, runner, TARBALL } from './situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const tarball = npmTarball()
const build = buildOf(tarball)

describe('the real git-cliff', () => {
  it('comes from npm, runs, and then from the tool cache without npm', async () => {
    const cache = folder()
    const version = DEFAULT_GIT_CLIFF_VERSION
    const first = await installGitCliff({ version, env: { ...process.env, RUNNER_TOOL_CACHE: cache } })
    expect(first).toMatchObject({ version, source: 'npm' })
    expect(execFileSync(first.path, ['--version'], { encoding: 'utf8' }).trim()).toBe(`git-cliff ${version}`)
    const again = await installGitCliff({ version, env: { PATH: '', RUNNER_TOOL_CACHE: cache } })
    expect(again).toMatchObject({ path: first.path, source: 'tool-cache' })
  })
})

describe('the registry', () => {
  it.each(['npm_config_registry', 'NPM_CONFIG_REGISTRY'])('is what %s says, without npm', async name => {
    const server = await serve({ [TARBALL]: tarball })
    const { env, place } = runner([], { [name]: `${server.url}/`, PATH: '' })
    const { path, source } = await installBuild(build, env)
    expect({ path, source }).toEqual({ path: join(place, 'linux-x64', 'git-cliff'), source: 'npm' })
    expect(readFileSync(path, 'utf8')).toBe(PROGRAM)
    expect(readdirSync(place).sort()).toEqual(['linux-x64', 'linux-x64.complete'])
    expect(readdirSync(join(place, 'linux-x64'))).toEqual(['git-cliff'])
  })

  it('is what npm reads from .npmrc', async () => {
    const server = await serve({ [TARBALL]: tarball })
    const { env } = runner([`registry=${server.url}/`])
    expect(await installBuild(build, env)).toMatchObject({ source: 'npm' })
    expect(server.asked).toEqual([TARBALL])
  })

  it('gets the credentials of its address, which no message shows', async () => {
    const server = await serve({})
    const { env } = runner([], { npm_config_registry: server.url.replace('//', '//me:secret@'), PATH: '' })
    const message = await refusal(installBuild(build, env))
    expect(message).toContain(`Tried: ${server.host} (HTTP 404, N s)`)
    expect(message).not.toContain('secret')
    expect(server.headers[0]?.authorization).toBe(`Basic ${Buffer.from('me:secret').toString('base64')}`)
  })

  it('that lets in only whom npm has credentials for is asked by npm', async () => {
    const server = await serve({
      [TARBALL]: (request, response) =>
        request.headers.authorization === 'Bearer token-of-npm'
          ? response.end(tarball)
          : response.writeHead(401).end(),
      '/git-cliff-linux-x64': (_request, response) => response.end(packument(server.url, tarball)),
    })
    const { env, place } = runner([`registry=${server.url}/`, `//${server.host}/:_authToken=token-of-npm`])
    expect(await installBuild(build, env)).toMatchObject({ source: 'npm' })
    expect(readdirSync(join(place, 'linux-x64'))).toEqual(['git-cliff'])
  })

  it('is asked again after a 502', async () => {
    let asked = 0
    const server = await serve({
      [TARBALL]: (_request, response) =>
        asked++ === 0 ? response.writeHead(502).end() : response.end(tarball),
    })
    const { env } = runner([], { npm_config_registry: server.url, PATH: '' })
    expect(await installBuild(build, env)).toMatchObject({ source: 'npm' })
  })
})

describe('when it cannot be had', () => {
  it('the message names every source with its cause and says what to set', async () => {
    const server = await serve({ [TARBALL]: status(403) })
    const { env, place } = runner([`registry=${server.url}/`])
    const message = await refusal(installBuild(build, env))
    expect(message.replace(/npm: .*?, N s/, 'npm: …, N s')).toBe(
      `Could not get git-cliff 9.9.9 for linux-x64. Tried: ${server.host} (HTTP 403, N s), npm pack (npm: …, N s). Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a registry of your own set npm_config_registry.`,
    )
    expect(message).toContain('npm: 404 Not Found')
    expect(readdirSync(place)).toEqual([])
  })

  it('without a registry, npm that does not run is named with its last words', async () => {
    const { env } = runner([], { PATH: '' })
    expect(await refusal(installBuild(build, env))).toMatch(
      /Tried: registry of npm \(npm: .*node.*, N s\), npm pack \(npm: .*node.*, N s\)\./,
    )
  })

  it('a tool cache and a temp folder that are not set are named', async () => {
    const { env } = runner([], { RUNNER_TOOL_CACHE: '' })
    await expect(installBuild(build, env)).rejects.toThrow('There is no place to install git-cliff to')
  })
})

describe('a tarball', () => {
  it('with another digest is not unpacked, and nobody else is asked', async () => {
    const other = npmTarball([{ name: 'package/bin/git-cliff', content: 'evil' }])
    const server = await serve({ [TARBALL]: other })
    const { env, place } = runner([`registry=${server.url}/`])
    const outcome = installBuild(build, env)
    await expect(outcome).rejects.toThrow(
      `from ${server.url}${TARBALL} is ${buildOf(other).digests.tarball}, expected ${build.digests.tarball} (bundled). The file was deleted and not run.`,
    )
    await expect(outcome).rejects.toBeInstanceOf(UserError)
    expect(server.asked).toEqual([TARBALL])
    expect(readdirSync(place)).toEqual([])
  })

  it.each([
    {
      what: 'no program',
      entries: [{ name: 'package/README.md', content: 'x' }],
      why: 'it holds no git-cliff',
    },
    {
      what: 'a link for a program',
      entries: [{ name: 'package/bin/git-cliff', type: '2' }],
      why: 'its entry "package/bin/git-cliff" is a link',
    },
  ])('with $what is refused', async ({ entries, why }) => {
    const odd = npmTarball(entries)
    const server = await serve({ [TARBALL]: odd })
    const { env, place } = runner([`registry=${server.url}/`])
    await expect(installBuild(buildOf(odd), env)).rejects.toThrow(`was refused: ${why}`)
    expect(readdirSync(place)).toEqual([])
  })

  it('whose program is not the one that is known is not run', async () => {
    const odd = npmTarball([{ name: 'package/bin/git-cliff', content: 'another' }])
    const server = await serve({ [TARBALL]: odd })
    const { env } = runner([`registry=${server.url}/`])
    await expect(installBuild(buildOf(odd), env)).rejects.toThrow(/^SHA-256 of .* is not/)
  })
})

describe('a git-cliff in the tool cache', () => {
  const put = (place: string, content: string) => {
    mkdirSync(join(place, 'linux-x64'), { recursive: true })
    writeFileSync(join(place, 'linux-x64', 'git-cliff'), content, { mode: 0o755 })
    writeFileSync(join(place, 'linux-x64.complete'), '')
  }

  it('that was changed is not run, and replaced', async () => {
    const server = await serve({ [TARBALL]: tarball })
    const { env, place } = runner([], { npm_config_registry: server.url })
    put(place, 'changed')
    const { path, source } = await installBuild(build, env)
    expect(source).toBe('npm')
    expect(readFileSync(path, 'utf8')).toBe(PROGRAM)
  })

  it('that was changed is not left for others when there is no other', async () => {
    const { env, place } = runner([], { PATH: '' })
    put(place, 'changed')
    await expect(installBuild(build, env)).rejects.toThrow('Could not get git-cliff 9.9.9')
    expect(existsSync(join(place, 'linux-x64.complete'))).toBe(false)
    expect(existsSync(join(place, 'linux-x64', 'git-cliff'))).toBe(false)
  })

  it('is one, however many jobs come at a time', async () => {
    const server = await serve({ [TARBALL]: tarball })
    const { env, place } = runner([], { npm_config_registry: server.url })
    const all = await Promise.all(Array.from({ length: 6 }, () => installBuild(build, env)))
    expect(new Set(all.map(({ path }) => path)).size).toBe(1)
    expect(readdirSync(place).sort()).toEqual(['linux-x64', 'linux-x64.complete'])
  })
})
