import { afterEach, describe, expect, it } from '@jest/globals'
import { type Codecov, type CodecovOptions, startCodecov } from '@tokenledger/testkit'
import { claims, FIELDS, post, SHA } from './codecov-client.ts'

let codecov: Codecov | undefined
afterEach(() => codecov?.close())

async function start(options: CodecovOptions = {}): Promise<Codecov> {
  codecov = await startCodecov(options)
  return codecov
}

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
