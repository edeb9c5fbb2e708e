import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { type BundleRun, type ResultsService, startResultsService, writeFiles } from '@tokenledger/testkit'
import { startCacheV1 } from './cache-v1.ts'
import { type Machine, startMachine } from './machine.ts'

let machine: Machine
let service: ResultsService
/** Dependencies alone: nothing has to be built, so the runs are short. */
const inputs = { project: 'none', groups: 'none' }
const KEY = /^tls1-[a-z0-9.]+-(?:x64|arm64)(?:-musl)?-py3\.11-[0-9a-f]{12}-[0-9a-f]{16}$/
const READ_ONLY = 'Cache not saved: the token of this run may not write (pull request from a fork).'

beforeAll(async () => {
  machine = await startMachine('Mein Gerät')
}, 120_000)
afterAll(() => machine.close())
beforeEach(async () => {
  service = await startResultsService()
  machine.newJob()
  machine.project({ dependencies: ['iniconfig', 'packaging'] })
  machine.lock()
})
afterEach(() => service.close())

const run = (env: Record<string, string> = {}, more: Record<string, string> = {}): Promise<BundleRun> =>
  machine.run({ ...inputs, ...more }, { ...service.env, ...env })
/** With UV_OFFLINE an install succeeds only from the cache. */
const offline = { UV_OFFLINE: '1' }
const messages = ({ annotations }: BundleRun) =>
  annotations.map(({ level, message }) => `${level}: ${message}`)
const fillCache = async (more: Record<string, string> = {}): Promise<BundleRun> => {
  const cold = await run({}, more)
  expect(messages(cold)).toEqual([])
  expect(service.caches.map(({ state }) => state)).toEqual(['saved'])
  machine.newJob()
  return cold
}

describe('the cache from job to job', () => {
  it('is saved on a miss and restored exactly; then nothing is fetched', async () => {
    const cold = await fillCache()
    expect(cold.exitCode).toBe(0)
    expect(cold.outputs).toMatchObject({ 'cache-hit': 'miss', 'cache-matched-key': '' })
    expect(cold.outputs['cache-key']).toMatch(KEY)
    expect(cold.stdout).toMatch(/Cache saved as tls1-\S+ \(content all: \d+ MB, at most 800 MB\)\./)
    expect(cold.stdout).toMatch(/ · cache miss · .*, save \d+\.\d\)/)

    const warm = await run(offline)
    expect(messages(warm)).toEqual([])
    expect(warm.exitCode).toBe(0)
    expect(warm.outputs).toMatchObject({
      'cache-hit': 'exact',
      'cache-matched-key': cold.outputs['cache-key'],
    })
    expect(warm.stdout).toMatch(/ · 2 packages · cache exact \d+\.\d MB · /)
    expect(service.caches).toHaveLength(1)
    expect(Object.keys(JSON.parse(warm.outputs.timings ?? ''))).toEqual(
      ['python', 'uv', 'cache', 'sync', 'total'].sort(byPhase),
    )
  })

  it('takes an older entry of the same set after a change of uv.lock, and saves a new one', async () => {
    const cold = await fillCache()
    machine.project({ dependencies: ['iniconfig', 'packaging', 'colorama'] })
    machine.lock()
    const partial = await run()
    expect(partial.outputs).toMatchObject({
      'cache-hit': 'partial',
      'cache-matched-key': cold.outputs['cache-key'],
    })
    expect(partial.outputs['cache-key']).not.toBe(cold.outputs['cache-key'])
    expect(service.caches.map(({ key }) => key)).toEqual(
      [cold, partial].map(({ outputs }) => outputs['cache-key']),
    )
  })

  it('is not shared between sets, Pythons or suffixes', async () => {
    const keys = new Set<string | undefined>()
    for (const more of [{}, { 'cache-suffix': 'a' }, { resolution: 'highest' }, { 'cache-content': 'all' }]) {
      keys.add((await run({ ACTIONS_CACHE_MODE: 'read' }, more)).outputs['cache-key'])
    }
    expect(keys.size).toBe(4)
    expect(service.caches).toEqual([])
  })

  it('holds the environment itself for cache-content: venv', async () => {
    await fillCache({ 'cache-content': 'venv' })
    const warm = await run(offline, { 'cache-content': 'venv' })
    expect(warm.exitCode).toBe(0)
    expect(warm.outputs['cache-hit']).toBe('exact')
    expect(machine.python('import packaging, iniconfig; print(1)')).toBe('1')
    expect(warm.stdout).not.toContain('Creating virtual environment')
  })

  it('keeps a restored environment in an install without uv.lock', async () => {
    const more = { 'cache-content': 'venv', install: 'unlocked' }
    await fillCache(more)
    const warm = await run(offline, more)
    expect(warm.exitCode).toBe(0)
    expect(warm.stdout).not.toContain('uv venv')
  })

  it('drops what can be downloaded for cache-content: built', async () => {
    await fillCache({ 'cache-content': 'built' })
    const built = service.caches[0]?.size ?? 0
    expect((await run({}, { 'cache-content': 'all' })).stdout).toContain(
      'content all: cache-content is "all"',
    )
    expect(built).toBeLessThan(service.caches[1]?.size ?? 0)
  })

  it('uses gzip, and still hits, where no zstd program is on PATH', async () => {
    const bin = join(machine.temp, '..', 'bin')
    mkdirSync(bin, { recursive: true })
    const python = (await run({}, { install: 'none' })).outputs['python-path'] ?? ''
    for (const name of ['tar', 'gzip', 'sh']) link(join('/usr/bin', name), join(bin, name))
    link(python, join(bin, 'python3.11'))
    const cold = await run({ PATH: bin })
    machine.newJob()
    const warm = await run({ PATH: bin, ...offline })
    expect(messages(warm)).toEqual([])
    expect(warm.outputs).toMatchObject({ 'cache-hit': 'exact', 'cache-key': cold.outputs['cache-key'] })
    expect([...readFileSync(service.caches[0]?.file ?? '').subarray(0, 2)]).toEqual([0x1f, 0x8b])
  })
})

function byPhase(a: string, b: string): number {
  const order = ['python', 'uv', 'cache', 'sync', 'save', 'total']
  return order.indexOf(a) - order.indexOf(b)
}

function link(target: string, path: string): void {
  rmSync(path, { force: true })
  symlinkSync(target, path)
}

describe('entries and @actions/cache 6.3', () => {
  const cacheDirectory = () => join(machine.temp, 'tokenledger-uv')
  const library = async (operation: 'save' | 'restore', key: string, workspace: string) => {
    const script = join(import.meta.dirname, 'actions-cache.ts')
    const env = {
      PATH: process.env.PATH,
      RUNNER_TEMP: machine.temp,
      GITHUB_WORKSPACE: workspace,
      ...service.env,
    }
    const node = promisify(execFile)(process.execPath, [script, operation, cacheDirectory(), key], { env })
    return /^result=(.*)$/m.exec((await node).stdout)?.[1]
  }

  it('what the action has saved, the library restores', async () => {
    // The library cannot read into a workspace with a space, so both sides get one without.
    const plain = await startMachine('plain')
    plain.project({ dependencies: ['iniconfig'] })
    plain.lock()
    const env = { ...service.env, RUNNER_TEMP: machine.temp }
    const cold = await plain.run(inputs, env)
    const wheels = 'archive-v0'
    expect(existsSync(join(cacheDirectory(), wheels))).toBe(true)
    machine.newJob()
    const key = cold.outputs['cache-key'] ?? ''
    expect(await library('restore', key, plain.workspace)).toBe(key)
    expect(existsSync(join(cacheDirectory(), wheels))).toBe(true)
    plain.close()
  })

  it('what the library has saved, the action restores', async () => {
    const key = (await run({ ACTIONS_CACHE_MODE: 'read' })).outputs['cache-key'] ?? ''
    // As deep as the workspace, so that the names in the archive lead to the same place from both.
    const beside = join(machine.temp, '..', 'plain', 'plain')
    mkdirSync(beside, { recursive: true })
    expect(await library('save', key, beside)).toBe('1')
    machine.newJob()
    const warm = await machine.run(inputs, { ...service.env, ...offline })
    expect(warm.outputs).toMatchObject({ 'cache-hit': 'exact' })
  })
})

describe('the older service (v1)', () => {
  it('is used through @actions/cache where v2 is not announced', async () => {
    // The library cannot unpack into a workspace with a space.
    const plain = await startMachine('plain')
    plain.project({ dependencies: ['iniconfig'] })
    plain.lock()
    const v1 = await startCacheV1()
    const env = { ...service.env, ACTIONS_CACHE_SERVICE_V2: '', ACTIONS_CACHE_URL: `${v1.url}/` }
    const cold = await plain.run(inputs, env)
    expect(messages(cold)).toEqual([])
    expect(cold.outputs['cache-hit']).toBe('miss')
    plain.newJob()
    const warm = await plain.run(inputs, { ...env, ...offline })
    expect(messages(warm)).toEqual([])
    expect(warm.outputs).toMatchObject({
      'cache-hit': 'exact',
      'cache-matched-key': cold.outputs['cache-key'],
    })
    expect(service.requests).toEqual([])
    await v1.close()
    plain.close()
  })
})

describe('who may use it', () => {
  it.each([
    ['release', {}],
    ['pull_request_target', {}],
    ['workflow_run', {}],
    ['push', { GITHUB_REF_TYPE: 'tag' }],
  ])('auto is off for %s events %j, and no request is made', async (event, more) => {
    const off = await run({ GITHUB_EVENT_NAME: event, ...more })
    expect(off.outputs).toMatchObject({ 'cache-hit': 'off', 'cache-key': '' })
    expect(off.stdout).toContain(`cache off (${event === 'push' ? 'push of a tag' : `${event} event`})`)
    expect(service.requests).toEqual([])
  })

  it('true is on for them; false is off for all', async () => {
    expect((await run({ GITHUB_EVENT_NAME: 'release' }, { cache: 'true' })).outputs['cache-hit']).toBe('miss')
    expect((await run({}, { cache: 'false' })).outputs['cache-hit']).toBe('off')
  })

  it('a self-hosted runner keeps a directory of its own', async () => {
    const selfHosted = { RUNNER_ENVIRONMENT: 'self-hosted' }
    const first = await run(selfHosted)
    const directory = join(machine.workspace, '..', '..', '_tokenledger', 'uv')
    expect(first.env.UV_CACHE_DIR).toBe(directory)
    expect(first.outputs['cache-hit']).toBe('off')
    machine.newJob()
    expect((await run({ ...selfHosted, ...offline })).exitCode).toBe(0)
    expect((await run({ ...selfHosted, GITHUB_EVENT_NAME: 'release' })).env.UV_CACHE_DIR).toBe(
      join(machine.temp, 'tokenledger-uv'),
    )
    expect(service.requests).toEqual([])
  })

  it('a token that says it is read-only restores and does not save', async () => {
    const token = service.newToken({ scopes: [{ ref: 'refs/heads/main', access: 'read' }] })
    const miss = await run({ ACTIONS_RUNTIME_TOKEN: token })
    expect(messages(miss)).toEqual([`warning: ${READ_ONLY}`])
    expect(miss.exitCode).toBe(0)
    expect(service.requests.map(({ path }) => path.split('/').at(-1))).toEqual(['GetCacheEntryDownloadURL'])
  })

  it('a token that the service refuses only when it writes gets the same words', async () => {
    service.readOnly()
    expect(messages(await run())).toEqual([`warning: ${READ_ONLY}`])
  })

  it('ACTIONS_CACHE_MODE is obeyed: none, read, write-only', async () => {
    expect((await run({ ACTIONS_CACHE_MODE: 'none' })).outputs['cache-hit']).toBe('off')
    expect((await run({ ACTIONS_CACHE_MODE: 'read' })).outputs['cache-hit']).toBe('miss')
    expect(service.caches).toEqual([])
    expect((await run({ ACTIONS_CACHE_MODE: 'write-only' })).outputs['cache-hit']).toBe('miss')
    expect(service.caches).toHaveLength(1)
    const again = await run({ ACTIONS_CACHE_MODE: 'write-only' })
    expect(again.outputs['cache-hit']).toBe('miss')
    expect(messages(again)).toEqual([])
    expect(again.stdout).toContain('Cache entry already exists (saved by another job).')
  })

  it('cache: read restores and saves nothing', async () => {
    await run({}, { cache: 'read' })
    expect(service.caches).toEqual([])
    await fillCache()
    expect((await run(offline, { cache: 'read' })).outputs['cache-hit']).toBe('exact')
  })
})

describe('trouble with the cache only warns', () => {
  const lookup = { path: 'GetCacheEntryDownloadURL' }

  it('another job has saved the entry since the look-up', async () => {
    await fillCache()
    service.fault({ ...lookup, status: 200, body: { ok: false }, times: 1 })
    const raced = await run()
    expect(raced.outputs['cache-hit']).toBe('miss')
    expect(raced.stdout).toContain('Cache entry already exists (saved by another job).')
    expect(service.caches).toHaveLength(1)
  })

  it.each([
    [500, 'Cache restore failed (HTTP 500: injected 500); continuing without it.', 2],
    [429, 'Cache restore failed (HTTP 429: injected 429); continuing without it.', 1],
  ])('the service answers %d', async (status, warning, requests) => {
    service.fault({ ...lookup, status })
    const broken = await run()
    expect(broken.exitCode).toBe(0)
    expect(messages(broken)).toEqual([`warning: ${warning}`])
    expect(broken.outputs['cache-hit']).toBe('miss')
    expect(service.requests).toHaveLength(requests)
  })

  it('the service is down', async () => {
    await service.close()
    const broken = await run()
    expect(broken.exitCode).toBe(0)
    expect(messages(broken)).toEqual([
      'warning: Cache restore failed (connection refused); continuing without it.',
    ])
  })

  it('the download stalls once: the rest is fetched from where it stopped', async () => {
    await fillCache()
    service.fault({ path: '/blob/', stallAfterBytes: 2000, times: 1 })
    const resumed = await run({ ...offline, TOKENLEDGER_CACHE_STALL_MS: '300' })
    expect(messages(resumed)).toEqual([])
    expect(resumed.outputs['cache-hit']).toBe('exact')
    expect(service.requests.at(-1)?.headers.range).toMatch(/^bytes=[1-9]\d*-$/)
  })

  it('the download stalls for good: nothing of it is left', async () => {
    await fillCache()
    service.fault({ path: '/blob/', stallAfterBytes: 2000 })
    const stalled = await run({ TOKENLEDGER_CACHE_STALL_MS: '300' })
    expect(stalled.exitCode).toBe(0)
    expect(messages(stalled)).toHaveLength(1)
    expect(messages(stalled)[0]).toMatch(
      /^warning: Cache restore stalled at 0\.0 of \d\.\d MB for 0\.3 s; continuing without it\.$/,
    )
    expect(machine.python('import packaging, iniconfig; print(1)')).toBe('1')
  })

  it('the connection breaks off', async () => {
    await fillCache()
    service.fault({ path: '/blob/', reset: true })
    const broken = await run()
    expect(broken.exitCode).toBe(0)
    expect(messages(broken)).toEqual([
      'warning: Cache restore failed (connection closed early); continuing without it.',
    ])
  })

  it('the entry is not an archive', async () => {
    await fillCache()
    writeFiles('/', { [service.caches[0]?.file ?? '']: 'not zstd'.padEnd(service.caches[0]?.size ?? 0, '.') })
    const broken = await run()
    expect(broken.exitCode).toBe(0)
    expect(messages(broken)).toHaveLength(1)
    expect(messages(broken)[0]).toMatch(/^warning: Cache restore failed \(.+\); continuing without it\.$/)
  })

  it('the storage refuses the upload', async () => {
    service.fault({ path: 'CreateCacheEntry', status: 429 })
    const refused = await run()
    expect(refused.exitCode).toBe(0)
    expect(messages(refused)).toEqual([
      expect.stringMatching(/^warning: Cache not saved \(.*429.*injected 429\)\.$/),
    ])
  })
})
