import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { fillCache, inputs, KEY, machine, messages, offline, run, service } from './cache-job.ts'
import { startCacheV1 } from './cache-v1.ts'
import { startMachine } from './machine.ts'

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
