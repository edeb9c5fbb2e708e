import { afterEach, describe, expect, it } from '@jest/globals'
import { type Codecov, type CodecovFault, type CodecovOptions, startCodecov } from '@tokenledger/testkit'
import { FIELDS, post, put, SHA } from './codecov-client.ts'

let codecov: Codecov | undefined
afterEach(() => codecov?.close())

async function start(options: CodecovOptions = {}): Promise<Codecov> {
  codecov = await startCodecov(options)
  return codecov
}

describe('an upload', () => {
  it('is announced, sent to the signed address, and kept as it was before it was packed', async () => {
    const server = await start()
    const { status, body } = await post(server)
    expect(status).toBe(201)
    expect(body.url).toBe(`https://app.codecov.io/github/acme/consumer/commit/${SHA}`)
    expect((await put(body.raw_upload_location)).status).toBe(200)
    const [upload] = server.uploads
    expect(upload).toMatchObject({
      commit: SHA,
      flags: ['unit'],
      name: 'CI - test',
      signedInBy: 'repository',
    })
    expect(upload?.payload?.reports).toEqual([
      { filename: 'coverage.xml', content: Buffer.from('<coverage/>') },
    ])
    expect(upload?.payload?.network).toEqual(['a.py'])
    expect(server.commits.get(SHA)).toMatchObject({ branch: 'feat', pull: '7' })
  })

  it('may be made in three steps, and in no other order', async () => {
    const server = await start()
    const base = 'github/acme::::consumer/commits'
    const uploads = `${base}/${SHA}/reports/default/uploads`
    const token = server.tokens.repository
    expect(await post(server, FIELDS, token, uploads)).toEqual({
      status: 400,
      body: ['Commit SHA not found'],
    })
    expect((await post(server, FIELDS, token, base)).body).toMatchObject({ commitid: SHA, pullid: 7 })
    expect(await post(server, FIELDS, token, uploads)).toEqual({ status: 400, body: ['Report not found'] })
    expect((await post(server, { code: 'default' }, token, `${base}/${SHA}/reports`)).status).toBe(201)
    const { body } = await post(server, FIELDS, token, uploads)
    await put(body.raw_upload_location)
    const complete = await post(server, {}, token, `${base}/${SHA}/upload-complete`)
    expect(complete.body).toMatchObject({ uploads_total: 1, uploads_success: 1 })
    expect((await post(server, {}, token, `${base}/${SHA}/empty-upload`)).status).toBe(200)
  })
})

describe('the storage', () => {
  it('refuses a changed signature, a second way to sign in, and an address that is too old', async () => {
    const server = await start()
    const { raw_upload_location: address = '' } = (await post(server)).body
    expect((await put(address.replace(/Signature=./, 'Signature=x'))).status).toBe(403)
    const twice = await fetch(address, { method: 'PUT', headers: { authorization: 'token x' }, body: '{}' })
    expect(twice.status).toBe(400)
    await server.close()
    const strict = await start({ presignedMs: 0 })
    const late = await put((await post(strict)).body.raw_upload_location)
    expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')])
  })

  it('does not take what the worker could not read', async () => {
    const { raw_upload_location: address } = (await post(await start())).body
    expect((await put(address, 'not JSON')).status).toBe(500)
  })
})

describe('the fields', () => {
  it.each([
    [{ flags: null }, { flags: ['This field may not be null.'] }],
    [{ flags: 'unit' }, { flags: ['Expected a list of items but got type "string".'] }],
    [{ ci_service: null }, { ci_service: ['This field may not be null.'] }],
    [{ version: 11 }, { version: ['Not a valid string.'] }],
    [{ code: 'nightly' }, { code: ['Using a non-default `code` has been deprecated'] }],
    [{ name: 'x'.repeat(101) }, { name: ['Ensure this field has no more than 100 characters.'] }],
    [{ commitid: undefined }, { commitid: ['This field is required.'] }],
    [{ pullid: 'seven' }, { pullid: ['A valid integer is required.'] }],
  ])('refuse %j', async (changed, errors) => {
    expect(await post(await start(), { ...FIELDS, ...changed })).toEqual({ status: 400, body: errors })
  })

  it.each([{ branch: null }, { pullid: null }, { name: null }, { name: 'x'.repeat(100) }, { code: null }])(
    'may be %j',
    async changed => {
      expect((await post(await start(), { ...FIELDS, ...changed })).status).toBe(201)
    },
  )

  it('of the path are the service and the encoded name of a known repository', async () => {
    const server = await start()
    const { global } = server.tokens
    const to = (path: string) => post(server, FIELDS, global, `${path}/upload-coverage`)
    expect((await to('github/acme/consumer')).status).toBe(404)
    expect((await to('github/acme::::other')).status).toBe(401)
    await server.close()
    const deactivated = await start({ isDeactivated: true })
    expect(await post(deactivated)).toMatchObject({
      status: 400,
      body: [expect.stringContaining('deactivated')],
    })
  })
})

describe('faults', () => {
  it.each<[CodecovFault, number, string]>([
    ['401-tokenless', 401, 'not valid tokenless upload'],
    ['401-protected', 401, 'branch is protected'],
    ['400-deactivated', 400, 'deactivated'],
    ['400-serializer', 400, 'may not be null'],
    [{ '429': 1009 }, 429, 'Expected time to availability: 1009s.'],
    ['html-502', 502, '<html>'],
  ])('%j answers %d', async (fault, status, words) => {
    const server = await start()
    const heal = server.fail(fault)
    const send = () =>
      fetch(`${server.url}/upload/github/acme::::consumer/upload-coverage`, { method: 'POST' })
    const response = await send()
    expect([response.status, await response.text()]).toEqual([status, expect.stringContaining(words)])
    heal()
    expect((await post(server)).status).toBe(201)
  })

  it('of 5xx end after as many as told', async () => {
    const server = await start()
    server.fail({ '5xx': 2 })
    expect([await post(server), await post(server), await post(server)].map(({ status }) => status)).toEqual([
      503, 503, 201,
    ])
  })

  it('of the storage leave the API alone', async () => {
    const server = await start()
    server.fail('put-403-expired')
    server.fail('put-503')
    const { raw_upload_location: address } = (await post(server)).body
    expect([(await put(address)).status, (await put(address)).status]).toEqual([403, 503])
  })

  it('reset a connection, or leave it open without a word until the server is closed', async () => {
    const server = await start()
    const heal = server.fail('reset')
    await expect(post(server)).rejects.toThrow('fetch failed')
    heal()
    server.fail('hang')
    const unanswered = expect(post(server)).rejects.toThrow('fetch failed')
    while (server.requests.length < 2) await new Promise(resolve => setTimeout(resolve, 5))
    await server.close()
    await unanswered
  })
})
