import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { type PackageIndex, type PackageIndexOptions, startPackageIndex } from '../src/package-index.ts'

const run = promisify(execFile)
const JSON_TYPE = 'application/vnd.pypi.simple.v1+json'
const wheel = Buffer.from('the bytes of a wheel, long enough for ranges')
const sha256 = (content: string | Buffer) => createHash('sha256').update(content).digest('hex')
const digest = sha256(wheel)
const metadataDigest = sha256('Name: my-lib')
const address = `/files/${digest.slice(0, 16)}/demo-1.0-py3-none-any.whl`

const started: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const server of started.splice(0).reverse()) await server.close()
})

async function index(options: PackageIndexOptions = {}): Promise<PackageIndex> {
  const server = await startPackageIndex({ upstream: 'none', ...options })
  started.push(server)
  return server
}

/** An index with one wheel, and an index that pulls from it. */
async function pair(options: PackageIndexOptions = {}) {
  const origin = await index()
  origin.add('demo-1.0-py3-none-any.whl', wheel)
  const mirror = await index({ upstream: origin.url, ...options })
  const downloads = () => origin.requests.filter(({ path }) => path.startsWith('/files/'))
  return { origin, mirror, downloads }
}

/** A foreign index that answers each path with a fixed text. */
async function foreign(pages: Record<string, { type: string; text: string }>): Promise<string> {
  const server = createServer((request, response) => {
    const page = pages[request.url ?? '']
    response.writeHead(page ? 200 : 404, { 'content-type': page?.type ?? 'text/plain' }).end(page?.text)
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  started.push({ close: () => new Promise(resolve => server.close(() => resolve())) })
  return `http://127.0.0.1:${(server.address() as { port: number }).port}`
}

const page = async (url: string): Promise<{ files: { url: string }[] }> =>
  JSON.parse(await (await fetch(url, { headers: { accept: JSON_TYPE } })).text())
const whereIs = (file: { url: string } | undefined, project: string) => new URL(file?.url ?? '', project).href
const body = async (response: Response) => Buffer.from(await response.arrayBuffer())

describe('a project page', () => {
  it('gives every file an address made from its content alone', async () => {
    const { mirror, origin } = await pair()
    const [file] = (await page(`${mirror.url}demo/`)).files
    expect(whereIs(file, `${mirror.url}demo/`)).toBe(mirror.origin + address)
    expect(file).toMatchObject({ hashes: { sha256: digest }, size: wheel.byteLength })
    expect((await page(`${origin.url}demo/`)).files).toEqual((await page(`${mirror.url}demo/`)).files)
  })

  it('passes on what resolvers decide by, from an upstream that has HTML only', async () => {
    const upstream = await foreign({
      '/simple/my-lib/': {
        type: 'text/html',
        text: `<a href="../../dl/my_lib-2.0-py3-none-any.whl#sha256=${digest}" data-requires-python="&gt;=3.11"
          data-yanked="bad &amp; broken" data-core-metadata="sha256=${metadataDigest}">my_lib-2.0-py3-none-any.whl</a>`,
      },
      '/dl/my_lib-2.0-py3-none-any.whl': { type: 'application/zip', text: wheel.toString() },
      '/dl/my_lib-2.0-py3-none-any.whl.metadata': { type: 'text/plain', text: 'Name: my-lib' },
    })
    const mirror = await index({ upstream: `${upstream}/simple` })
    const [file] = (await page(`${mirror.url}My_Lib/`)).files
    expect(file).toMatchObject({
      filename: 'my_lib-2.0-py3-none-any.whl',
      'requires-python': '>=3.11',
      yanked: 'bad & broken',
      'core-metadata': { sha256: metadataDigest },
    })
    const url = whereIs(file, `${mirror.url}my-lib/`)
    expect(await (await fetch(`${url}.metadata`)).text()).toBe('Name: my-lib')
    expect(await body(await fetch(url))).toEqual(wheel)
  })

  it('is 404 for a project that nobody has', async () => {
    const { mirror } = await pair()
    expect((await fetch(`${mirror.url}nothing/`)).status).toBe(404)
  })

  it('prefers a file of our own to one of the same name upstream', async () => {
    const { mirror } = await pair()
    mirror.add('demo-1.0-py3-none-any.whl', Buffer.from('ours'))
    const { files } = await page(`${mirror.url}demo/`)
    expect(files).toHaveLength(1)
    expect((await body(await fetch(whereIs(files[0], `${mirror.url}demo/`)))).toString()).toBe('ours')
  })

  it('is that of the index beside as it is now, where that has the project', async () => {
    const published = await index()
    const { mirror } = await pair({ beside: published.url })
    const names = async () => (await page(`${mirror.url}demo/`)).files.map(({ url }) => url.split('/').at(-1))
    expect(await names()).toEqual(['demo-1.0-py3-none-any.whl'])
    published.add('demo-2.0-py3-none-any.whl', Buffer.from('two'))
    expect(await names()).toEqual(['demo-2.0-py3-none-any.whl'])
    published.add('demo-3.0-py3-none-any.whl', Buffer.from('three'))
    expect(await names()).toEqual(['demo-2.0-py3-none-any.whl', 'demo-3.0-py3-none-any.whl'])
  })
})

describe('a file', () => {
  it('is pulled once, kept, and served without the page having been read first', async () => {
    const { mirror, downloads } = await pair()
    for (const _ of [1, 2]) expect(await body(await fetch(mirror.origin + address))).toEqual(wheel)
    expect(downloads()).toHaveLength(1)
  })

  it('stays in the cache folder for the next index', async () => {
    const cacheDirectory = tempDir()
    const { mirror } = await pair({ cacheDirectory })
    await body(await fetch(mirror.origin + address))
    expect(readdirSync(cacheDirectory)).toEqual([digest])
    const next = await pair({ cacheDirectory })
    expect(await body(await fetch(next.mirror.origin + address))).toEqual(wheel)
    expect(next.downloads()).toEqual([])
  })

  it('is served in ranges, passed through before it is kept and from disk after', async () => {
    const { mirror, downloads } = await pair()
    const ask = () => fetch(mirror.origin + address, { headers: { range: 'bytes=4-8' } })
    const before = await ask()
    expect([before.status, (await body(before)).toString()]).toEqual([206, 'bytes'])
    expect(downloads()).toEqual([{ method: 'GET', path: address, range: 'bytes=4-8' }])
    await body(await fetch(mirror.origin + address))
    const after = await ask()
    expect(after.headers.get('content-range')).toBe(`bytes 4-8/${wheel.byteLength}`)
    expect((await body(after)).toString()).toBe('bytes')
    expect(downloads()).toHaveLength(2)
  })

  it('answers HEAD with the length and no body', async () => {
    const { mirror } = await pair()
    const response = await fetch(mirror.origin + address, { method: 'HEAD' })
    expect(response.headers.get('content-length')).toBe(String(wheel.byteLength))
  })

  it('is not kept when its digest is not the promised one', async () => {
    const upstream = await foreign({
      '/simple/demo/': {
        type: JSON_TYPE,
        text: JSON.stringify({
          files: [{ filename: 'demo-1.0-py3-none-any.whl', url: '/dl', hashes: { sha256: digest } }],
        }),
      },
      '/dl': { type: 'application/zip', text: 'something else' },
    })
    const cacheDirectory = tempDir()
    const mirror = await index({ upstream: `${upstream}/simple/`, cacheDirectory })
    await expect(fetch(mirror.origin + address).then(body)).rejects.toThrow(/terminated|failed/)
    expect(readdirSync(cacheDirectory)).toEqual([])
  })

  it('is installed by pip, which checks the digest', async () => {
    const folder = tempDir()
    const name = 'demo-1.0-py3-none-any.whl'
    const script = `import sys, zipfile
with zipfile.ZipFile(sys.argv[1], 'w') as wheel:
    wheel.writestr('demo-1.0.dist-info/METADATA', 'Metadata-Version: 2.1\\nName: demo\\nVersion: 1.0\\n')
    wheel.writestr('demo-1.0.dist-info/WHEEL', 'Wheel-Version: 1.0\\nRoot-Is-Purelib: true\\nTag: py3-none-any\\n')
    wheel.writestr('demo-1.0.dist-info/RECORD', '')`
    await run('python3', ['-c', script, join(folder, name)])
    const origin = await index()
    origin.add(name, readFileSync(join(folder, name)))
    const mirror = await index({ upstream: origin.url })
    const options = [
      '--no-deps',
      '--no-cache-dir',
      '--disable-pip-version-check',
      '-i',
      mirror.url,
      '-d',
      tempDir(),
    ]
    await run('python3', ['-m', 'pip', '--isolated', 'download', ...options, 'demo==1.0'])
    expect(mirror.requests.map(({ path }) => path.split('/')[1])).toEqual(['simple', 'files'])
  })
})

describe('trouble', () => {
  it.each([403, 500] as const)('answers %d where the test asks for it, until it is mended', async fault => {
    const { mirror } = await pair({ faults: { '/files/': fault } })
    expect((await fetch(mirror.origin + address)).status).toBe(fault)
    expect((await fetch(`${mirror.url}demo/`)).status).toBe(200)
    mirror.setFault('/files/', undefined)
    expect((await fetch(mirror.origin + address)).status).toBe(200)
  })

  it('can cut the connection or never answer', async () => {
    const { mirror } = await pair({ faults: { '/simple/': 'reset', '/files/': 'stall' } })
    await expect(fetch(`${mirror.url}demo/`)).rejects.toMatchObject({ cause: { code: 'ECONNRESET' } })
    await expect(fetch(mirror.origin + address, { signal: AbortSignal.timeout(200) })).rejects.toMatchObject({
      name: 'TimeoutError',
    })
  })

  it('says what to do when the upstream cannot be reached, without the password, and recovers', async () => {
    const origin = await index()
    origin.add('demo-1.0-py3-none-any.whl', wheel)
    const { port } = new URL(origin.url)
    origin.setFault('/simple/', 'reset')
    const mirror = await index({ upstream: `http://user:s3cret@127.0.0.1:${port}/simple/` })
    const response = await fetch(`${mirror.url}demo/`)
    expect([response.status, await response.text()]).toEqual([
      502,
      `The package index http://127.0.0.1:${port}/simple/ did not answer (connection closed early). Check the network, or set UV_DEFAULT_INDEX to an index that you can reach.\n`,
    ])
    origin.setFault('/simple/', undefined)
    expect((await fetch(`${mirror.url}demo/`)).status).toBe(200)
  })

  it('passes an upstream refusal on with its status', async () => {
    const { origin, mirror } = await pair()
    origin.setFault('/simple/', 403)
    expect((await fetch(`${mirror.url}demo/`)).status).toBe(403)
  })
})
