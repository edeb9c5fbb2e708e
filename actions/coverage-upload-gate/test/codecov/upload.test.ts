import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from '@jest/globals'
import { type Loopback, serve, tempDir } from '@tokenledger/testkit'
import { hasOidc } from '../../src/codecov/credentials.ts'
import { startGithubOidc } from './github-oidc.ts'
import { codecovFor, IDENTITY } from './uploading.ts'

const opened: Loopback[] = []
afterEach(async () => {
  await Promise.all(opened.splice(0).map(server => server.close()))
})

function closedAfter<T extends Loopback>(server: T): T {
  opened.push(server)
  return server
}

async function served(...handler: Parameters<typeof serve>): Promise<Loopback> {
  return closedAfter(await serve(...handler))
}

const FORK = { ...IDENTITY, isFork: true, branch: 'contributor:feat' }
const COMMIT_URL = `https://app.codecov.io/github/acme/consumer/commit/${IDENTITY.commit}`

describe('an upload', () => {
  it('brings all reports with their paths, the network, flags and identity', async () => {
    const folder = tempDir('reports-')
    const reports = ['coverage.xml', 'dashboard/lcov.info'].map((path, index) => {
      const absolute = join(folder, `${index}`)
      writeFileSync(absolute, `report ${index}`)
      return { path, absolute }
    })
    await codecovFor(async (codecov, upload) => {
      const { outcome } = await upload({ reports, network: ['a.py', 'ü"\\.py'], flags: ['unit', 'py3.13'] })
      expect(outcome).toEqual({ kind: 'uploaded', url: COMMIT_URL })
      const [sent] = codecov.uploads
      expect(sent).toMatchObject({
        commit: IDENTITY.commit,
        flags: ['unit', 'py3.13'],
        name: 'CI - coverage',
      })
      expect(sent?.payload?.network).toEqual(['a.py', 'ü"\\.py'])
      expect(sent?.payload?.reports.map(({ filename, content }) => [filename, content.toString()])).toEqual([
        ['coverage.xml', 'report 0'],
        ['dashboard/lcov.info', 'report 1'],
      ])
    })
  })

  it('says neither token nor address of the storage, and masks both before its first line', () =>
    codecovFor(async (codecov, upload) => {
      const { lines, masks, stdout } = await upload()
      expect(masks).toContain(codecov.tokens.repository)
      expect(masks).toContain(storageQuery(codecov.requests))
      expect(stdout).toBe('')
      expect(lines).toEqual([
        expect.stringMatching(/^Codecov takes the upload; sending \d+ bytes to http:\S+$/),
      ])
      for (const mask of masks) expect(lines.join('\n')).not.toContain(mask)
    }))

  it('signs in for the API alone', () =>
    codecovFor(async (codecov, upload) => {
      await upload()
      expect(codecov.requests.map(({ method, headers }) => [method, headers.authorization])).toEqual([
        ['POST', `token ${codecov.tokens.repository}`],
        ['PUT', undefined],
      ])
    }))

  it('of a fork needs no token', () =>
    codecovFor(async (codecov, upload) => {
      expect((await upload({ identity: FORK }, { kind: 'tokenless' })).outcome.kind).toBe('uploaded')
      expect(codecov.uploads[0]?.signedInBy).toBe('tokenless')
    }))

  it('is not tried where it was decided so', () =>
    codecovFor(async (codecov, upload) => {
      const { outcome } = await upload({}, { kind: 'skip-fork', reason: 'private' })
      expect([outcome, codecov.requests.length]).toEqual([{ kind: 'skipped-fork', reason: 'private' }, 0])
    }))

  it('of a report that is not there is a bug and thrown', () =>
    codecovFor(async (_, upload) => {
      const reports = [{ path: 'x', absolute: '/does/not/exist' }]
      await expect(upload({ reports })).rejects.toThrow('ENOENT')
    }))
})

describe('an upload by OIDC', () => {
  const audience = 'https://codecov.io'

  it('asks GitHub for a token for the audience, masks it and signs in with it', async () => {
    const oidc = closedAfter(await startGithubOidc())
    await codecovFor(async (codecov, upload) => {
      const { outcome, masks, lines } = await upload({}, credentials(oidc.env))
      expect(outcome.kind).toBe('uploaded')
      expect(codecov.uploads[0]?.signedInBy).toBe('oidc')
      expect(oidc.requests[0]?.query).toEqual({ 'api-version': '2.0', audience })
      expect(masks).toContain(oidc.issued[0])
      expect(lines.join()).not.toContain(oidc.issued[0])
    })
  })

  it('gets a new token for each announcement, since one may not outlive a wait', async () => {
    const oidc = closedAfter(await startGithubOidc())
    await codecovFor(async (codecov, upload) => {
      codecov.fail({ '5xx': 1 })
      expect((await upload({}, credentials(oidc.env))).outcome.kind).toBe('uploaded')
      expect(new Set(oidc.issued).size).toBe(2)
    })
  })

  it('tries again when GitHub does not answer, then names it', async () => {
    const oidc = closedAfter(await startGithubOidc())
    oidc.fault({ status: 503, times: 2 })
    await codecovFor(async (codecov, upload) => {
      expect((await upload({}, credentials(oidc.env))).outcome.kind).toBe('uploaded')
      oidc.fault({ status: 403 })
      const { outcome } = await upload({}, credentials(oidc.env))
      expect(outcome).toEqual({ kind: 'unreachable', reason: "GitHub's OIDC service answered 403" })
      expect(codecov.uploads).toHaveLength(1)
      // Two outages and a token, then a refusal that is not tried again.
      expect(oidc.requests).toHaveLength(4)
    })
  })

  it('is refused for another audience', async () => {
    const oidc = closedAfter(await startGithubOidc())
    await codecovFor(async (_, upload) => {
      const { outcome } = await upload({}, { ...credentials(oidc.env), audience: 'https://else.example' })
      expect(outcome).toMatchObject({ kind: 'rejected', status: 401 })
    })
  })

  function credentials(env: Readonly<Record<string, string>>) {
    expect(hasOidc(env)).toBe(true)
    return {
      kind: 'oidc',
      audience,
      requestUrl: env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '',
      requestToken: env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '',
    } as const
  }
})

describe('a redirect', () => {
  it('is told and not followed, so that no other host gets the token', async () => {
    const other = await served(() => ({ status: 201, body: '{}' }))
    const moved = await served(() => ({
      status: 307,
      headers: { location: `${other.url}/x?secret=1` },
      body: '',
    }))
    await codecovFor(async (_, upload) => {
      const { outcome } = await upload({ url: moved.url })
      const message = `redirects to ${other.url}/x`
      expect(outcome).toEqual({ kind: 'rejected', by: 'codecov', status: 307, message })
      expect(other.requests).toEqual([])
    })
  })
})

function storageQuery(
  requests: readonly { method: string; query: Readonly<Record<string, string>> }[],
): string {
  const put = requests.find(({ method }) => method === 'PUT')
  return new URLSearchParams(put?.query).toString()
}
