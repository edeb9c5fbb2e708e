import { afterEach, describe, expect, it } from '@jest/globals'
import { type Loopback, serve } from '@tokenledger/testkit'
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

const posts = (requests: readonly { method: string }[]) =>
  requests.filter(({ method }) => method === 'POST').length

describe('the storage', () => {
  it('gets the upload announced anew when its address has expired', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('put-403-expired')
      const { outcome, lines } = await upload()
      expect(outcome.kind).toBe('uploaded')
      expect(lines[1]).toMatch(/^The storage answered 403, .*; asking for another\.$/)
      expect(codecov.uploads.map(({ payload }) => Boolean(payload))).toEqual([false, true])
    }))

  it('that knows none of its addresses is given up', () =>
    codecovFor(
      async (codecov, upload) => {
        const message = 'AccessDenied: Request has expired'
        expect((await upload()).outcome).toEqual({ kind: 'rejected', by: 'storage', status: 403, message })
        expect(posts(codecov.requests)).toBe(3)
      },
      { presignedMs: 0 },
    ))

  it('that is down is tried three times at one address', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('put-503')
      const reason = 'Codecov\'s storage answered 503 "SlowDown", three times'
      expect((await upload()).outcome).toEqual({ kind: 'unreachable', reason })
      expect(posts(codecov.requests)).toBe(1)
    }))
})

describe('an answer', () => {
  it('that is none of Codecov is a refusal', async () => {
    const portal = await served(() => ({ status: 200, body: '<html><title>Log in</title></html>' }))
    await codecovFor(async (_, upload) => {
      const { outcome } = await upload({ url: portal.url })
      expect(outcome).toEqual({
        kind: 'rejected',
        by: 'codecov',
        status: 200,
        message: 'a web page "Log in"',
      })
    })
  })

  it('cannot print a command of the runner, another line, or the token it was sent', async () => {
    const hostile = await served(({ headers }) => ({
      status: 401,
      body: JSON.stringify({
        message: `no\r\n::set-output name=x::1 ##[error] \u202e ${headers.authorization} ${'x'.repeat(500)}`,
      }),
    }))
    await codecovFor(async (codecov, upload) => {
      const { outcome, lines, stdout } = await upload({ url: hostile.url })
      const message = outcome.kind === 'rejected' ? outcome.message : ''
      expect(message).toMatch(/^no :set-output name=x:1 \[error\] +token \*\*\* x+$/)
      expect(message).toHaveLength(300)
      expect(`${lines}${stdout}`).not.toContain(codecov.tokens.repository)
    })
  })

  it('that names a result which is no web address leaves it out', async () => {
    const server = await served(({ method }) =>
      method === 'PUT'
        ? { status: 200 }
        : {
            status: 201,
            body: JSON.stringify({
              raw_upload_location: `${server.url}/put?sig=x`,
              url: 'javascript:alert(1)',
            }),
          },
    )
    await codecovFor(async (_, upload) => {
      expect((await upload({ url: server.url, identity: IDENTITY })).outcome).toEqual({
        kind: 'uploaded',
        url: undefined,
      })
    })
  })
})
