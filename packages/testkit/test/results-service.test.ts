import { existsSync, readFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type ResultsService, startResultsService } from '@tokenledger/testkit'
import fc from 'fast-check'

const ids = { workflow_run_backend_id: 'run-backend-1', workflow_job_run_backend_id: 'job-backend-1' }
let service: ResultsService

beforeEach(async () => {
  service = await startResultsService()
})
afterEach(() => service.close())

async function call(method: string, fields: object, token = service.env.ACTIONS_RUNTIME_TOKEN) {
  const kind = method.includes('Cache') ? 'CacheService' : 'ArtifactService'
  const response = await fetch(`${service.url}/twirp/github.actions.results.api.v1.${kind}/${method}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify(fields),
  })
  return { status: response.status, body: (await response.json()) as Record<string, string> }
}

async function uploadInBlocks(url: string, blocks: readonly string[], order: readonly number[]) {
  await Promise.all(
    blocks.map((body, index) => fetch(`${url}&comp=block&blockid=b${index}`, { method: 'PUT', body })),
  )
  const body = `<BlockList>${order.map(index => `<Latest>b${index}</Latest>`).join('')}</BlockList>`
  return fetch(`${url}&comp=blocklist`, { method: 'PUT', body })
}

async function savedEntry(content: string): Promise<string> {
  const entry = { key: 'k', version: 'v' }
  const created = await call('CreateCacheEntry', entry)
  const headers = { 'x-ms-blob-type': 'BlockBlob' }
  await fetch(created.body.signed_upload_url ?? '', { method: 'PUT', headers, body: content })
  await call('FinalizeCacheEntryUpload', { ...entry, size_bytes: `${content.length}` })
  const found = await call('GetCacheEntryDownloadURL', { ...entry, restore_keys: [] })
  return found.body.signed_download_url ?? ''
}

describe('artifacts', () => {
  it('are made of blocks in the order of the block list, listed, downloaded and deleted', async () => {
    const created = await call('CreateArtifact', { ...ids, name: 'dist', version: 7 })
    const uploaded = await uploadInBlocks(created.body.signed_upload_url ?? '', ['C', 'A', 'B'], [1, 2, 0])
    expect(uploaded.status).toBe(201)
    await call('FinalizeArtifact', { ...ids, name: 'dist', size: '3', hash: 'sha256:00' })
    const listed = await call('ListArtifacts', { ...ids, name_filter: 'dist' })
    expect(listed.body.artifacts).toMatchObject([{ name: 'dist', size: '3', digest: 'sha256:00' }])
    const signed = await call('GetSignedArtifactURL', { ...ids, name: 'dist' })
    const download = await fetch(signed.body.signed_url ?? '')
    expect(await download.text()).toBe('ABC')
    expect(download.headers.get('content-disposition')).toBe('attachment; filename="dist.zip"')
    expect(readFileSync(service.artifacts[0]?.file ?? '', 'utf8')).toBe('ABC')
    await call('DeleteArtifact', { ...ids, name: 'dist' })
    expect((await call('ListArtifacts', ids)).body.artifacts).toEqual([])
  })

  it('have names that are unique in a run', async () => {
    await call('CreateArtifact', { ...ids, name: 'dist' })
    expect((await call('CreateArtifact', { ...ids, name: 'dist' })).status).toBe(409)
    const otherRun = { ...ids, workflow_run_backend_id: 'run-backend-2' }
    expect((await call('CreateArtifact', { ...otherRun, name: 'dist' })).status).toBe(200)
  })

  it('are not finalized when bytes are missing', async () => {
    const created = await call('CreateArtifact', { ...ids, name: 'dist' })
    const incomplete = await uploadInBlocks(created.body.signed_upload_url ?? '', ['A'], [0, 1])
    expect([incomplete.status, incomplete.headers.get('x-ms-error-code')]).toEqual([400, 'InvalidBlockList'])
    const finalized = await call('FinalizeArtifact', { ...ids, name: 'dist', size: '2' })
    expect(finalized).toMatchObject({ status: 400, body: { code: 'invalid_argument' } })
  })
})

describe('blobs', () => {
  it('answer every range with exactly those bytes', async () => {
    const content = 'The quick brown fox'
    const url = await savedEntry(content)
    await fc.assert(
      fc.asyncProperty(fc.nat(content.length - 1), fc.nat(40), async (start, length) => {
        const range = `bytes=${start}-${start + length}`
        const response = await fetch(url, { headers: { range } })
        expect([response.status, await response.text()]).toEqual([
          206,
          content.slice(start, start + length + 1),
        ])
      }),
      { numRuns: 25 },
    )
    expect((await fetch(url, { headers: { range: 'bytes=99-' } })).status).toBe(416)
  })

  it('refuse a signature for the other kind of access', async () => {
    const url = await savedEntry('x')
    const forged = await fetch(url, { method: 'PUT', headers: { 'x-ms-blob-type': 'BlockBlob' }, body: 'y' })
    expect(forged.status).toBe(403)
  })
})

describe('tokens', () => {
  it('are needed', async () => {
    expect((await call('ListArtifacts', ids, 'nonsense')).status).toBe(401)
  })

  it('buy an OIDC token for the asked audience', async () => {
    const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = service.env
    const response = await fetch(`${url}&audience=pypi`, { headers: { authorization: `Bearer ${token}` } })
    const { value } = (await response.json()) as { value: string }
    const claims = JSON.parse(Buffer.from(value.split('.')[1] ?? '', 'base64url').toString())
    expect(claims).toMatchObject({ aud: 'pypi', sub: 'repo:acme/consumer:ref:refs/heads/main' })
  })
})

describe('faults', () => {
  it('hit as often as told and then no more', async () => {
    service.fault({ path: /ListArtifacts$/, status: 503, times: 2 })
    const statuses = []
    for (let n = 0; n < 3; n++) statuses.push((await call('ListArtifacts', ids)).status)
    expect(statuses).toEqual([503, 503, 200])
  })

  it('stop a download after the given bytes and keep the connection open', async () => {
    const url = await savedEntry('0123456789')
    service.fault({ path: '/blob/', stallAfterBytes: 4 })
    const response = await fetch(url)
    const reader = response.body?.getReader()
    expect(Buffer.from((await reader?.read())?.value ?? []).toString()).toBe('0123')
    const outcome = await Promise.race([
      reader?.read(),
      new Promise(done => setTimeout(done, 200, 'silence')),
    ])
    expect(outcome).toBe('silence')
    await reader?.cancel()
  })

  it('reset and delay connections', async () => {
    const remove = service.fault({ path: 'ListArtifacts', reset: true })
    await expect(call('ListArtifacts', ids)).rejects.toThrow('fetch failed')
    remove()
    service.fault({ path: 'ListArtifacts', delayMs: 150, times: 1 })
    const started = performance.now()
    expect((await call('ListArtifacts', ids)).status).toBe(200)
    expect(performance.now() - started).toBeGreaterThan(145)
  })
})

describe('the link', () => {
  it('can be made slow', async () => {
    const url = await savedEntry('x'.repeat(400_000))
    service.throttle(1_000_000)
    const started = performance.now()
    await (await fetch(url)).arrayBuffer()
    const slow = performance.now() - started
    service.throttle(undefined)
    expect(slow).toBeGreaterThan(300)
    expect(slow).toBeLessThan(1500)
  })

  it('closes with requests under way, twice, and leaves no file', async () => {
    const url = await savedEntry('0123456789')
    const folder = dirname(service.caches[0]?.file ?? '')
    service.fault({ path: '/blob/', stallAfterBytes: 4 })
    const response = await fetch(url)
    const unfinished = response.text()
    const broken = expect(unfinished).rejects.toThrow()
    await service.close()
    await service.close()
    await broken
    expect(existsSync(folder)).toBe(false)
    await expect(fetch(service.url)).rejects.toThrow('fetch failed')
  })
})
