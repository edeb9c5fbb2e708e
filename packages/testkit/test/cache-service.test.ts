import { randomBytes } from 'node:crypto'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import * as cache from '@actions/cache'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ResultsService, startResultsService, tempDir } from '@tokenledger/testkit'

describe('the cache service, driven by the real @actions/cache', () => {
  let service: ResultsService
  let folder: string
  const environment = { ...process.env }

  beforeEach(async () => {
    service = await startResultsService()
    const workspace = tempDir()
    const runner = {
      GITHUB_WORKSPACE: workspace,
      RUNNER_TEMP: tempDir(),
      GITHUB_SERVER_URL: 'https://github.com',
    }
    Object.assign(process.env, service.env, runner)
    folder = join(workspace, 'cached')
    mkdirSync(folder)
    writeFileSync(join(folder, 'wheel.bin'), randomBytes(100_000))
  })

  afterEach(async () => {
    process.env = { ...environment }
    await service.close()
  })

  it('gives back what was saved under the exact key', async () => {
    const saved = readFileSync(join(folder, 'wheel.bin'))
    await cache.saveCache([folder], 'lock-1')
    rmSync(folder, { recursive: true })
    expect(await cache.restoreCache([folder], 'lock-1')).toBe('lock-1')
    expect(readFileSync(join(folder, 'wheel.bin')).equals(saved)).toBe(true)
    expect(service.caches).toMatchObject([{ key: 'lock-1', state: 'saved', scope: 'refs/heads/main' }])
    expect(service.caches[0]?.size).toBeGreaterThan(100_000)
  })

  it('finds the newest entry with a restore prefix, and nothing for another one', async () => {
    for (const key of ['py3.11-a', 'py3.11-b', 'py3.12-c']) await cache.saveCache([folder], key)
    expect(await cache.restoreCache([folder], 'py3.11-z', ['py3.11-'])).toBe('py3.11-b')
    expect(await cache.restoreCache([folder], 'py3.13-z', ['py3.13-'])).toBeUndefined()
  })

  it('looks up without a download', async () => {
    await cache.saveCache([folder], 'lock-1')
    rmSync(folder, { recursive: true })
    expect(await cache.restoreCache([folder], 'lock-1', [], { lookupOnly: true })).toBe('lock-1')
    expect(existsSync(folder)).toBe(false)
    expect(service.requests.filter(({ method }) => method === 'GET')).toHaveLength(0)
  })

  it('refuses a second entry with the same key', async () => {
    expect(await cache.saveCache([folder], 'lock-1')).toBeGreaterThan(0)
    expect(await cache.saveCache([folder], 'lock-1')).toBe(-1)
    expect(service.requests.map(({ status }) => status)).toContain(409)
  })

  it('denies writing to a read-only token and lets it read', async () => {
    await cache.saveCache([folder], 'lock-1')
    service.readOnly()
    expect(await cache.saveCache([folder], 'lock-2')).toBe(-1)
    expect(service.requests.at(-1)).toMatchObject({ status: 403, body: { key: 'lock-2' } })
    expect(await cache.restoreCache([folder], 'lock-1')).toBe('lock-1')
  })

  it('keeps entries of other refs apart, except those that the token lists', async () => {
    await cache.saveCache([folder], 'lock-1')
    const fork = { ref: 'refs/pull/7/merge', access: 'read-write' } as const
    process.env.ACTIONS_RUNTIME_TOKEN = service.newToken({ scopes: [fork] })
    expect(await cache.restoreCache([folder], 'lock-1')).toBeUndefined()
    const base = { ref: 'refs/heads/main', access: 'read' } as const
    process.env.ACTIONS_RUNTIME_TOKEN = service.newToken({ scopes: [fork, base] })
    expect(await cache.restoreCache([folder], 'lock-1')).toBe('lock-1')
  })

  it('answers 429 with Retry-After when told so, which the client does not repeat', async () => {
    service.fault({ path: 'GetCacheEntryDownloadURL', status: 429, retryAfter: 7 })
    expect(await cache.restoreCache([folder], 'lock-1')).toBeUndefined()
    expect(service.requests.map(({ status }) => status)).toEqual([429])
  })

  it('takes an archive far larger than what it keeps in memory', async () => {
    writeFileSync(join(folder, 'wheel.bin'), randomBytes(20 * 1024 * 1024))
    await cache.saveCache([folder], 'large')
    rmSync(folder, { recursive: true })
    expect(await cache.restoreCache([folder], 'large')).toBe('large')
    expect(readFileSync(join(folder, 'wheel.bin'))).toHaveLength(20 * 1024 * 1024)
  })
})
