import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { exec } from '@tokenledger/kit'
import { installIn } from '../src/install.ts'
import type { UvRequest } from '../src/request.ts'
import { sha256, wheel, zip } from './support/archives.ts'
import { closeServers, json, serve, status } from './support/server.ts'
import { folder, refusal, removeFolders, request, runner, WHEEL, windows } from './support/situation.ts'

afterEach(async () => {
  await closeServers()
  removeFolders()
})

const content = wheel('0.12.5')
const locked = [{ filename: WHEEL, sha256: sha256(content) }]
const fromIndex = (changes: Partial<UvRequest> = {}) =>
  request({ sources: ['pypi'], lockedWheels: locked, ...changes })

const file = (filename: string, url: string, hash?: string) => ({
  filename,
  url,
  hashes: hash ? { sha256: hash } : {},
})
const page = json({
  meta: { 'api-version': '1.1' },
  files: [
    file('uv-0.12.5.tar.gz', '../../f/uv-0.12.5.tar.gz'),
    file('uv-0.12.5-py3-none-win_amd64.whl', '../../f/win.whl'),
    file(WHEEL, `../../f/${WHEEL}`, sha256(content)),
  ],
})

describe('a package index', () => {
  it('with JSON gives a uv that runs', async () => {
    const index = await serve({ '/simple/uv/': page, [`/f/${WHEEL}`]: content })
    const uv = await installIn(runner({ UV_DEFAULT_INDEX: `${index.url}/simple/` }), fromIndex())
    expect(uv).toMatchObject({ source: 'pypi', version: '0.12.5', bytes: content.length })
    expect((await exec(uv.path, ['--version'])).stdout).toBe('uv 0.12.5 (fake)\n')
    expect(index.headers[0]?.accept).toMatch('application/vnd.pypi.simple.v1+json')
  })

  it('with HTML only gives the same', async () => {
    const href = `../../f/${WHEEL}?a=1&amp;b=2#sha256=${sha256(content)}`
    const html = `<!DOCTYPE html><html><body><a href="../../f/x.whl">x.whl</a>\n<a data-x='1' href="${href}">${WHEEL}</a></body></html>`
    const index = await serve({
      '/simple/uv/': (_request, response) =>
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html),
      [`/f/${WHEEL}?a=1&b=2`]: content,
    })
    const around = runner({ PIP_INDEX_URL: `${index.url}/simple` })
    expect((await installIn(around, fromIndex())).bytes).toBe(content.length)
    const stated = fromIndex({ lockedWheels: [], specifier: '0.12.5', verify: 'manifest' })
    // Bundled digests stay above what the index states: this wheel is not the one that uv's makers released.
    await expect(installIn(runner({ PIP_INDEX_URL: `${index.url}/simple` }), stated)).rejects.toThrow(
      '(bundled)',
    )
  })

  it('gives uv.exe on Windows', async () => {
    const name = 'uv-0.12.5-py3-none-win_amd64.whl'
    const program = wheel('0.12.5', 'uv.exe')
    const index = await serve({
      '/uv/': json({ files: [file(name, `/f/${name}`)] }),
      [`/f/${name}`]: program,
    })
    const around = runner({ UV_INDEX_URL: index.url }, { platform: windows })
    const uv = await installIn(
      around,
      fromIndex({ lockedWheels: [{ filename: name, sha256: sha256(program) }] }),
    )
    expect(uv.path).toBe(join(around.cache, 'uv', '0.12.5', 'x64', 'uv.exe'))
  })

  it('from pip’s configuration file is used', async () => {
    const index = await serve({ '/simple/uv/': page, [`/f/${WHEEL}`]: content })
    const configuration = join(folder(), 'pip.conf')
    writeFileSync(configuration, `[global]\nindex-url = ${index.url}/simple\n`)
    const uv = await installIn(runner({ PIP_CONFIG_FILE: configuration }), fromIndex())
    expect(uv.source).toBe('pypi')
  })

  it('gets its credentials; another host that it links to does not, nor does a message', async () => {
    const files = await serve({})
    const index = await serve({ '/simple/uv/': json({ files: [file(WHEEL, `${files.url}/${WHEEL}`)] }) })
    const address = `${index.url.replace('http://', 'http://ann:s3cret%20word@')}/simple`
    const message = await refusal(installIn(runner({ PIP_INDEX_URL: address }), fromIndex()))
    expect(message).toMatch(`Tried: ${index.host} (HTTP 404, N s).`)
    expect(message).not.toMatch('s3cret')
    expect(index.headers[0]?.authorization).toBe(`Basic ${Buffer.from('ann:s3cret word').toString('base64')}`)
    expect(files.headers[0]).not.toHaveProperty('authorization')
  })

  it.each([
    ['that refuses', status(403), 'HTTP 403'],
    ['without uv', status(404), 'HTTP 404'],
    [
      'without a fitting wheel',
      json({ files: [file('uv-0.12.5.tar.gz', 'x')] }),
      'no wheel of uv 0.12.5 for x86_64-unknown-linux-gnu',
    ],
    ['with an empty page', '<html></html>', 'its page of uv lists no file'],
    ['with broken JSON', '{"files": [', 'its JSON is not a list of files (PEP 691)'],
  ])('%s is named with its cause', async (_what, answer, cause) => {
    const index = await serve({ '/simple/uv/': answer })
    const around = runner({ UV_DEFAULT_INDEX: `corp=${index.url}/simple` })
    expect(await refusal(installIn(around, fromIndex()))).toMatch(
      `Could not get uv 0.12.5 for x86_64-unknown-linux-gnu. Tried: ${index.host} (${cause}, N s). Behind`,
    )
  })

  it('whose wheel has another digest than uv.lock is refused', async () => {
    const other = wheel('6.6.6')
    const index = await serve({ '/simple/uv/': page, [`/f/${WHEEL}`]: other })
    await expect(installIn(runner({ PIP_INDEX_URL: `${index.url}/simple` }), fromIndex())).rejects.toThrow(
      `SHA-256 of ${WHEEL} from ${index.url}/f/${WHEEL} is ${sha256(other)}, expected ${sha256(content)} (uv.lock). The file was deleted and not run.`,
    )
  })

  it('whose wheel holds a hostile entry is refused', async () => {
    const hostile = zip([{ name: '../../uv', content: 'x' }])
    const index = await serve({ '/simple/uv/': page, [`/f/${WHEEL}`]: hostile })
    const lockedWheels = [{ filename: WHEEL, sha256: sha256(hostile) }]
    await expect(
      installIn(runner({ PIP_INDEX_URL: `${index.url}/simple` }), fromIndex({ lockedWheels })),
    ).rejects.toThrow(`was refused: its entry "../../uv" leaves the archive's directory.`)
  })

  it('that is not configured, without a Python to ask, is a sentence', async () => {
    expect(await refusal(installIn(runner(), fromIndex()))).toMatch(
      'Tried: PyPI (no index is configured and no Python to ask for its own, N s).',
    )
  })
})

describe('pip', () => {
  it('that fails is named with its last error', async () => {
    const python = join(folder(), 'python3')
    const script =
      '#!/bin/sh\necho "WARNING: x" >&2\necho "ERROR: No matching distribution found for uv" >&2\nexit 1\n'
    writeFileSync(python, script, { mode: 0o755 })
    expect(await refusal(installIn(runner(), fromIndex({ python })))).toMatch(
      'Tried: PyPI (pip: No matching distribution found for uv, N s).',
    )
  })

  it('that brings a wheel for another platform is not believed', async () => {
    const python = join(folder(), 'python3')
    const script =
      '#!/bin/sh\nwhile [ "$1" != -d ]; do shift; done\necho x > "$2/uv-0.12.5-py3-none-win_amd64.whl"\n'
    writeFileSync(python, script, { mode: 0o755 })
    await expect(installIn(runner(), fromIndex({ python }))).rejects.toThrow(
      'pip chose uv-0.12.5-py3-none-win_amd64.whl, which is not for x86_64-unknown-linux-gnu',
    )
  })

  it('brings the real uv from PyPI, which is the one that we know, and it runs', async () => {
    const around = { ...runner(), limits: { connectMs: 5000, stallMs: 10_000 } }
    const env = { ...process.env, RUNNER_TOOL_CACHE: around.cache }
    const uv = await installIn(
      { ...around, env },
      request({ specifier: '', sources: ['pypi'], python: 'python3' }),
    )
    expect(uv).toMatchObject({ source: 'pypi', version: '0.12.5', bytes: 23_657_089 })
    expect((await exec(uv.path, ['--version'])).stdout).toMatch(/^uv 0\.12\.5 /)
  })
})
