import { createHash } from 'node:crypto'
import { writeFileSync } from 'node:fs'
import { devNull } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Loopback, serve, startPackageIndex, tempDir, writeFiles } from '@tokenledger/testkit'
import { indexDigests } from '../src/index.ts'

const WHEEL = 'tokenledger-1.2.3-py3-none-any.whl'
const SDIST = 'tokenledger-1.2.3.tar.gz'
const A = 'a'.repeat(64)
const B = 'b'.repeat(64)

const open: Array<{ close(): Promise<void> }> = []
afterEach(async () => {
  await Promise.all(open.splice(0).map(server => server.close()))
})

/** An index with one answer for the project's page; other addresses give `files`. */
async function index(
  answer: { status?: number; type?: string; body: string },
  files: Record<string, string> = {},
): Promise<Loopback> {
  const server = await serve(({ path }) => {
    if (path in files) return { status: 200, body: files[path] ?? '' }
    if (path !== '/simple/tokenledger/') return { status: 404, body: 'unknown' }
    return {
      status: answer.status ?? 200,
      headers: { 'content-type': answer.type ?? 'text/html' },
      body: answer.body,
    }
  })
  open.push(server)
  return server
}

const ask = (indexUrl: string, files?: readonly string[]) =>
  indexDigests({ name: 'TokenLedger', indexUrl, env: {}, delayMs: 1, ...(files ? { files } : {}) })

describe('what an index has of a project', () => {
  it('is read as JSON, yanked files too, in the one spelling of its name', async () => {
    const files = [
      { filename: WHEEL, url: '../../f/w', hashes: { sha256: A.toUpperCase() }, yanked: 'broken' },
      { filename: SDIST, url: '../../f/s', hashes: { sha256: B, md5: 'x' } },
    ]
    const json = { type: 'application/vnd.pypi.simple.v1+json', body: JSON.stringify({ files }) }
    const server = await index(json)
    expect([...(await ask(`${server.url}/simple/`))]).toEqual([
      [WHEEL, `sha256:${A}`],
      [SDIST, `sha256:${B}`],
    ])
    expect(server.requests[0]?.headers.accept).toMatch(/^application\/vnd\.pypi\.simple\.v1\+json,/)
  })

  it('is read as HTML with fragments', async () => {
    const body = `<!DOCTYPE html><a href="../../f/${WHEEL}#sha256=${A}" data-yanked="">${WHEEL}</a>
      <A data-requires-python="&gt;=3.11" href='/f/${SDIST}?a=1&amp;b=2#sha256=${B}'>x</A>`
    const server = await index({ body })
    expect([...(await ask(`${server.url}/simple`))]).toEqual([
      [WHEEL, `sha256:${A}`],
      [SDIST, `sha256:${B}`],
    ])
  })

  it('is hashed by us where the index states another hash or none, of the files that matter', async () => {
    const body = [WHEEL, SDIST, 'old-1.tar.gz'].map(name => `<a href="/f/${name}#md5=0">${name}</a>`).join('')
    const server = await index({ body }, { [`/f/${WHEEL}`]: 'the wheel', [`/f/${SDIST}`]: 'the sdist' })
    const sha256 = (text: string) => `sha256:${createHash('sha256').update(text).digest('hex')}`
    expect([...(await ask(`${server.url}/simple`, [WHEEL, SDIST]))]).toEqual([
      [WHEEL, sha256('the wheel')],
      [SDIST, sha256('the sdist')],
    ])
    expect(server.requests.map(({ path }) => path)).not.toContain('/f/old-1.tar.gz')
  })

  it('is nothing when the index does not know the project, and when its page is empty', async () => {
    expect(await ask(`${(await index({ status: 404, body: '' })).url}/simple`)).toEqual(new Map())
    expect(await ask(`${(await index({ body: '<html></html>' })).url}/simple`)).toEqual(new Map())
  })
})

describe('an index that does not answer', () => {
  it('is asked three times when the trouble may pass', async () => {
    const server = await index({ status: 503, body: 'busy' })
    await expect(ask(`${server.url}/simple`)).rejects.toThrow(
      `RELEASE_INDEX_NO_ANSWER: ${server.url}/simple/tokenledger/: HTTP 503; run the job again, or correct index-url`,
    )
    expect(server.requests).toHaveLength(3)
  })

  it('is believed once it does', async () => {
    const server = await index({ body: `<a href="/f/${WHEEL}#sha256=${A}">w</a>` })
    server.fault({ path: '/simple/tokenledger/', status: 502, times: 2 })
    expect((await ask(`${server.url}/simple`)).size).toBe(1)
  })

  it('is told no password in the open, and shows none', async () => {
    const server = await index({ status: 401, body: 'who?' })
    const address = `${server.url.replace('://', '://robot:s3cret-token@')}/simple`
    const refused = await ask(address).catch((error: Error) => error.message)
    expect(refused).toBe(
      `RELEASE_INDEX_NO_ANSWER: ${server.url}/simple/tokenledger/: HTTP 401; put a user and a token that may read it into index-url`,
    )
    expect(server.requests[0]?.headers.authorization).toBe(
      `Basic ${Buffer.from('robot:s3cret-token').toString('base64')}`,
    )
    expect(server.requests).toHaveLength(1)
  })

  it('may be one that speaks of something else', async () => {
    const server = await index({ type: 'application/json', body: '{"projects": []}' })
    await expect(ask(`${server.url}/simple`)).rejects.toThrow('its JSON is not a list of files (PEP 691)')
  })
})

describe('the index without index-url', () => {
  const env = { PATH: process.env.PATH, PIP_CONFIG_FILE: devNull }

  it('is the one of the environment, else that of pip’s configuration', async () => {
    const server = await startPackageIndex({ upstream: 'none' })
    open.push(server)
    server.add(WHEEL, Buffer.from('wheel'))
    const config = join(tempDir('pip-'), 'pip.conf')
    writeFileSync(config, `[global]\nindex-url = ${server.url}\n`)
    for (const set of [{ PIP_INDEX_URL: server.url }, { PIP_CONFIG_FILE: config }]) {
      const found = await indexDigests({ name: 'tokenledger', env: { ...env, ...set } })
      expect([...found.keys()]).toEqual([WHEEL])
    }
  })

  it('is an error when nothing names one and pip cannot be asked', async () => {
    const broken = tempDir('broken-pip-')
    writeFiles(broken, { 'pip/__init__.py': '', 'pip/__main__.py': 'raise SystemExit("pip is broken")' })
    const question = { name: 'tokenledger', env: { ...env, PYTHONPATH: broken } }
    await expect(indexDigests(question)).rejects.toThrow(
      /^RELEASE_INDEX_UNKNOWN: no package index is configured, and pip tells no default: pip: pip is broken.*; set index-url to/,
    )
  })

  it('is no address of a file', async () => {
    await expect(ask('file:///srv/simple')).rejects.toThrow(
      'RELEASE_INDEX_UNKNOWN: the configured index is not an HTTP address; set index-url',
    )
  })
})
