import { deflateSync } from 'node:zlib'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Codecov, type CodecovFault, type CodecovOptions, startCodecov } from '@tokenledger/testkit'

const SHA = 'c'.repeat(40)
const FIELDS = {
  branch: 'feat',
  ci_service: 'github-actions',
  ci_url: 'https://github.com/acme/consumer/actions/runs/1',
  code: 'default',
  commitid: SHA,
  flags: ['unit'],
  job_code: 'CI',
  name: 'CI - test',
  parent_commit_id: null,
  pullid: '7',
  version: '1',
}

let codecov: Codecov | undefined
afterEach(() => codecov?.close())

async function start(options: CodecovOptions = {}): Promise<Codecov> {
  codecov = await startCodecov(options)
  return codecov
}

interface Sent {
  readonly status: number
  readonly body: Record<string, string>
}

async function post(
  { url, tokens }: Codecov,
  fields: object = FIELDS,
  token: string | null = tokens.repository,
  path = 'github/acme::::consumer/upload-coverage',
): Promise<Sent> {
  const headers = {
    'content-type': 'application/json',
    ...(token ? { authorization: `Token ${token}` } : {}),
  }
  const response = await fetch(`${url}/upload/${path}`, {
    method: 'POST',
    headers,
    body: JSON.stringify(fields),
  })
  return { status: response.status, body: JSON.parse((await response.text()) || '{}') }
}

function payload(content: string): string {
  const data = deflateSync(content).toString('base64')
  return JSON.stringify({
    report_fixes: { format: 'legacy', value: {} },
    network_files: ['a.py'],
    coverage_files: [{ filename: 'coverage.xml', format: 'base64+compressed', data, labels: '' }],
    metadata: {},
  })
}

function claims(changed: object = {}): string {
  const whole = {
    iss: 'https://token.actions.githubusercontent.com',
    aud: 'https://codecov.io',
    repository: 'acme/consumer',
    repository_owner: 'acme',
    exp: Date.now() / 1000 + 60,
    ...changed,
  }
  return `e30.${Buffer.from(JSON.stringify(whole)).toString('base64url')}.c2ln`
}

const put = (url = '', body = payload('<coverage/>')) => fetch(url, { method: 'PUT', body })

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

describe('signing in', () => {
  const tokenless = { status: 401, body: { message: 'Token required - not valid tokenless upload' } }
  const fork = { ...FIELDS, branch: 'contributor:feat' }

  it.each(['repository', 'organisation', 'global'] as const)(
    'works with the token of the %s',
    async which => {
      const server = await start({ isPrivate: true })
      expect((await post(server, FIELDS, server.tokens[which])).status).toBe(201)
      expect(server.uploads[0]?.signedInBy).toBe(which)
    },
  )

  it("is denied for another repository's token", async () => {
    const server = await start()
    expect((await post(server, FIELDS, server.tokens.otherRepository)).status).toBe(403)
  })

  it('without a token needs a public repository and the branch of a fork', async () => {
    const server = await start()
    expect(await post(server, FIELDS, null)).toEqual(tokenless)
    expect((await post(server, fork, null)).status).toBe(201)
    expect(server.uploads[0]?.signedInBy).toBe('tokenless')
    await server.close()
    expect(await post(await start({ isPrivate: true }), fork, null)).toEqual(tokenless)
  })

  it('takes a wrong token for none', async () => {
    const server = await start()
    const wrong = '00000000-0000-0000-0000-000000000000'
    expect(await post(server, FIELDS, wrong)).toEqual(tokenless)
    expect((await post(server, fork, wrong)).status).toBe(201)
  })

  it('is not needed when the organisation says so, for a public repository', async () => {
    const server = await start({ tokenRequired: false })
    expect((await post(server, FIELDS, null)).status).toBe(201)
    await server.close()
    expect((await post(await start({ tokenRequired: false, isPrivate: true }), FIELDS, null)).status).toBe(
      401,
    )
  })

  it('without a token goes by the branch of the stored commit where the path names one', async () => {
    const server = await start()
    const base = 'github/acme::::consumer/commits'
    await post(server, fork, null, base)
    expect((await post(server, { code: 'default' }, null, `${base}/${SHA}/reports`)).status).toBe(201)
    expect((await post(server, {}, null, `${base}/${SHA}/empty-upload`)).status).toBe(401)
  })

  it.each([
    ['is taken for Codecov', {}, 201],
    ['is taken for one of several audiences', { aud: ['x', 'https://codecov.io'] }, 201],
    ['is refused for another audience', { aud: 'https://ingest.codecov.io' }, 401],
    ['is refused of an unknown issuer', { iss: 'https://issuer.example' }, 401],
    ['is refused when it has expired', { exp: 1 }, 401],
    ['is refused of another repository', { repository: 'acme/other' }, 401],
    ['is refused without its owner', { repository_owner: undefined }, 401],
  ])('by OIDC %s', async (_, changed, status) => {
    const server = await start()
    expect((await post(server, FIELDS, claims(changed))).status).toBe(status)
  })

  it('by OIDC takes the own address of an installation as the audience, and its own issuer', async () => {
    const server = await start({
      service: 'github_enterprise',
      issuers: { 'https://ghe.example/_services/token': 'github_enterprise' },
    })
    const token = claims({ iss: 'https://ghe.example/_services/token', aud: server.url })
    const path = 'github_enterprise/acme::::consumer/upload-coverage'
    expect((await post(server, FIELDS, token, path)).status).toBe(201)
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
