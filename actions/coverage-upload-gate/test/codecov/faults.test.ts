import { describe, expect, it } from '@jest/globals'
import type { CodecovFault } from '@tokenledger/testkit'
import { codecovFor, QUICK } from './uploading.ts'

const posts = (requests: readonly { method: string }[]) =>
  requests.filter(({ method }) => method === 'POST').length

describe('what Codecov refuses is final and told in its words', () => {
  it.each<[CodecovFault, number, string]>([
    ['401-tokenless', 401, 'Token required - not valid tokenless upload'],
    ['401-protected', 401, 'Token required because branch is protected'],
    [
      '400-deactivated',
      400,
      'This repository is deactivated. To resume uploading to it, activate the repository in the Codecov UI.',
    ],
    ['400-serializer', 400, 'flags: This field may not be null.'],
  ])('%s', (fault, status, message) =>
    codecovFor(async (codecov, upload) => {
      codecov.fail(fault)
      const { outcome } = await upload()
      expect(outcome).toEqual({ kind: 'rejected', by: 'codecov', status, message })
      expect(codecov.requests).toHaveLength(1)
    }),
  )
})

describe('a limit', () => {
  it('is waited for when the time is there', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail({ '429': 1, times: 1 })
      const { outcome, lines } = await upload()
      expect(outcome.kind).toBe('uploaded')
      expect(lines[0]).toMatch(
        /^Codecov answered 429 "Rate limit reached\. .*"; waiting 1 s of the \d+ s left\.$/,
      )
    }))

  it('that lasts longer than the time ends the upload at once', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail({ '429': 1009 })
      const { outcome } = await upload()
      expect(outcome).toEqual({ kind: 'rate-limited', waitS: 1009, leftS: expect.any(Number) })
      expect(codecov.requests).toHaveLength(1)
    }))

  it('may name its seconds in Retry-After', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fault({
        path: '/upload/',
        status: 429,
        retryAfter: 60,
        body: { detail: 'Request was throttled.' },
      })
      expect((await upload()).outcome).toMatchObject({ kind: 'rate-limited', waitS: 60 })
    }))

  it('without a time is tried some more', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fault({ path: '/upload/', status: 429, body: { detail: 'Request was throttled.' } })
      expect((await upload()).outcome).toMatchObject({ kind: 'rate-limited', waitS: undefined })
      expect(posts(codecov.requests)).toBe(4)
    }))

  it('of no time at all, again and again, ends with the budget', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail({ '429': 0 })
      const { outcome } = await upload({ budgetMs: 200 })
      // It depends on the machine whether the end comes while waiting or while asking.
      expect(['rate-limited', 'unreachable']).toContain(outcome.kind)
      expect(posts(codecov.requests)).toBeLessThan(12)
    }))
})

describe('an outage', () => {
  it('that ends is not noticed but in the log', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail({ '5xx': 2 })
      const { outcome, lines } = await upload()
      expect(outcome.kind).toBe('uploaded')
      expect(lines.slice(0, 2)).toEqual([
        'Codecov answered 503 "Service unavailable"; trying again (1 of 3 tries used).',
        'Codecov answered 503 "Service unavailable"; trying again (2 of 3 tries used).',
      ])
    }))

  it('that stays is told after three tries', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('html-502')
      const reason = 'Codecov answered 502 "a web page "502 Server Error"", three times'
      expect((await upload()).outcome).toEqual({ kind: 'unreachable', reason })
      expect(codecov.requests).toHaveLength(3)
    }))

  it('of the connection is tried three times', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('reset')
      const { outcome } = await upload()
      expect(outcome).toEqual({ kind: 'unreachable', reason: 'connection closed early' })
      expect(codecov.requests).toHaveLength(3)
    }))

  it('of the whole host is told', () =>
    codecovFor(async (codecov, upload) => {
      await codecov.close()
      const { outcome } = await upload()
      expect(outcome).toEqual({ kind: 'unreachable', reason: 'connection refused' })
    }))

  it('of the name is told', () =>
    codecovFor(async (_, upload) => {
      const { outcome } = await upload({ url: 'http://codecov.invalid' })
      expect(outcome).toMatchObject({
        kind: 'unreachable',
        reason: expect.stringContaining('host not found'),
      })
    }))
})

describe('a silent server', () => {
  const impatient = { ...QUICK, idleMs: 200 }
  const patient = { ...QUICK, connectMs: 60_000, idleMs: 60_000 }

  it('is given up after the idle time, three times', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('hang')
      expect((await upload({ limits: impatient })).outcome).toEqual({
        kind: 'unreachable',
        reason: 'nothing for 0.2 s',
      })
      expect(codecov.requests).toHaveLength(3)
    }))

  it('cannot take more than the budget', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail({ '5xx': 1 })
      codecov.fail('hang')
      expect((await upload({ budgetMs: 1500, limits: patient })).outcome).toEqual({
        kind: 'unreachable',
        reason: 'not done within upload-timeout 1.5 s (last: Codecov answered 503 "Service unavailable")',
      })
    }))

  it('does not keep a cancelled job', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('hang')
      const cancel = new AbortController()
      const uploading = upload({ signal: cancel.signal, limits: patient })
      while (codecov.requests.length === 0) await new Promise(resolve => setTimeout(resolve, 5))
      cancel.abort()
      expect((await uploading).outcome).toEqual({ kind: 'unreachable', reason: 'the job was cancelled' })
    }))

  it('may be the storage', () =>
    codecovFor(async (codecov, upload) => {
      codecov.fail('put-hang')
      expect((await upload({ limits: impatient })).outcome).toEqual({
        kind: 'unreachable',
        reason: 'nothing for 0.2 s',
      })
      expect(posts(codecov.requests)).toBe(1)
    }))
})
