import { describe, expect, test } from '@jest/globals'
import type { Client } from 'pg'
import { parseTarget } from '../../src/database/parse-target.ts'
import { type NotYet, verdictOf } from '../../src/database/readiness.ts'
import { neverText, notReadyText } from '../../src/database/readiness-text.ts'
import { serverFacts } from '../../src/database/server-facts.ts'

const withCode = (code: string, message = '') => Object.assign(new Error(message), { code })
const target = parseTarget({ url: 'postgresql://ann:S3cr3t%20pw@db.example.com/app', env: {} })

describe('not yet', () => {
  test.each<[string, NotYet]>([
    ['ECONNREFUSED', 'refused'],
    ['ECONNRESET', 'broken'],
    ['ETIMEDOUT', 'silent'],
    ['57P01', 'starting'],
    ['57P02', 'starting'],
    ['57P03', 'starting'],
    ['53300', 'full'],
  ])('%s', (code, reason) => {
    expect(verdictOf(withCode(code))).toEqual({ kind: 'not-yet', reason })
  })

  test.each([
    ['EAI_AGAIN', 'unknown-name', 10_000],
    ['ENOTFOUND', 'unknown-name', 10_000],
    ['3D000', 'no-database', 5000],
  ])('%s for a while', (code, reason, limitMs) => {
    expect(verdictOf(withCode(code))).toEqual({ kind: 'not-yet', reason, limitMs })
  })

  test.each(['Connection terminated unexpectedly', 'timeout expired', 'pgbouncer cannot connect to server'])(
    '%s',
    message => {
      expect(verdictOf(new Error(message)).kind).toBe('not-yet')
    },
  )
})

describe('never', () => {
  test.each([
    [withCode('28P01'), 'password'],
    [withCode('28000', 'role "x" does not exist'), 'no-role'],
    [withCode('28000', 'no pg_hba.conf entry for host "1.2.3.4"'), 'not-allowed'],
    [withCode('SELF_SIGNED_CERT_IN_CHAIN'), 'certificate'],
    [withCode('ERR_TLS_CERT_ALTNAME_INVALID'), 'host-mismatch'],
    [withCode('ERR_SSL_WRONG_VERSION_NUMBER'), 'tls'],
    [withCode('42501', 'permission denied for database "app"'), 'other'],
    [new TypeError('x is not a function'), 'other'],
    ['a text', 'other'],
    [undefined, 'other'],
  ])('%s', (error, reason) => {
    expect(verdictOf(error)).toEqual({ kind: 'never', reason })
  })
})

describe('the texts', () => {
  test('for an unknown host tell a service name from a domain', () => {
    const text = (url: string) =>
      notReadyText(
        'unknown-name',
        withCode('ENOTFOUND', 'getaddrinfo ENOTFOUND x'),
        parseTarget({ url, env: {} }),
        {
          waitedMs: 10_000,
          attempts: 14,
        },
      )
    expect(text('postgresql://postgres/app')).toBe(
      'Database not ready after 10 s: getaddrinfo ENOTFOUND x (14 attempts). The name of a service works in a container job only; on the runner itself use localhost and map the port ("ports: - 5432:5432").',
    )
    expect(text('postgresql://db.example.com/app')).toMatch(/Check the host in database-url.$/)
  })

  test('for a role that is not there name it', () => {
    expect(neverText('no-role', withCode('28000', 'role "ann" does not exist'), target)).toBe(
      'Role "ann" does not exist on db.example.com:5432/app (28000). Check POSTGRES_USER against database-url.',
    )
  })

  test('show what an unforeseen error says without the password, on one line', () => {
    const error = withCode('XX000', 'cannot use\n  postgresql://ann:S3cr3t%20pw@h or S3cr3t pw')
    expect(neverText('other', error, target)).toBe(
      'Login failed for role "ann" on db.example.com:5432/app: cannot use postgresql://ann:***@h or *** (XX000). Not retried.',
    )
  })
})

describe('a server is refused', () => {
  const facts = (row: object, writes?: boolean) =>
    serverFacts({ query: async () => ({ rows: [row] }) } as unknown as Client, target, writes)
  const row = {
    version: '16.14 (Debian 16.14-1.pgdg120+1)',
    number: 160_014,
    standby: false,
    read_only: false,
  }

  test('when it is older than 12', async () => {
    await expect(facts({ ...row, version: '11.22', number: 110_022 })).rejects.toThrow(
      'db.example.com:5432/app is PostgreSQL 11.22; 12 or later is needed.',
    )
  })

  test('when it is a standby and the run writes', async () => {
    const standby = { ...row, standby: true, read_only: true }
    await expect(facts(standby)).rejects.toThrow(/is a standby \(in recovery\), which takes no writes/)
    expect(await facts(standby, false)).toEqual({ version: '16.14', versionNumber: 160_014 })
  })
})
