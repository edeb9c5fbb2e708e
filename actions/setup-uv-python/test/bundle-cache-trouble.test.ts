import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { writeFiles } from '@tokenledger/testkit'
import { fillCache, machine, messages, offline, READ_ONLY, run, service } from './cache-job.ts'

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
