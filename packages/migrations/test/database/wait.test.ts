import { inspect } from 'node:util'
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres, type Major } from '@tokenledger/postgres-server'
import { parseTarget } from '../../src/database/parse-target.ts'
import { type WaitOptions, waitForDatabase } from '../../src/database/wait.ts'

const said: string[] = []
afterEach(() => {
  said.length = 0
})

const wait = (url: string, options: Partial<WaitOptions> = {}) =>
  waitForDatabase(parseTarget({ url, env: {} }), {
    timeoutMs: 20_000,
    applicationName: 'test',
    say: line => said.push(line),
    ...options,
  })

const failure = async (url: string, options: Partial<WaitOptions> = {}) =>
  wait(url, options).then(
    () => 'no failure',
    error => String(error.message),
  )

describe.each<Major>([16, 18])('PostgreSQL %d', major => {
  let server: DisposablePostgres
  beforeAll(async () => {
    server = await disposablePostgres({ major })
    await server.query(
      'CREATE ROLE reader LOGIN PASSWORD $$reader$$; ALTER ROLE reader SET default_transaction_read_only = on',
    )
    await server.query('CREATE ROLE outsider PASSWORD $$outsider$$')
  })
  afterAll(() => server?.close())

  const urlAs = (user: string, password: string, database = 'ledger') =>
    `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${server.port}/${database}`

  test('is ready at the first login, without a word', async () => {
    const { attempts, server: facts } = await wait(server.url())
    expect(attempts).toBe(1)
    expect(facts).toEqual({ version: server.version.replace(/\.0$/, ''), versionNumber: expect.any(Number) })
    expect(Math.floor(facts.versionNumber / 10_000)).toBe(major)
    expect(said).toEqual([])
  })

  const NASTY = [
    'p@ss:w/rd#?%',
    'with spaces in it',
    'pässwörd✓😀',
    'tokenledger',
    'quote\'"\\',
    'Pa:ss/w#rd 2',
  ]
  test.each(NASTY)('a wrong password is not retried, and %j is in no part of the error', async password => {
    const url = urlAs('ledger', password)
    const error = await wait(url).catch(thrown => thrown)
    expect(error.message).toBe(
      `Login failed for role "ledger" on 127.0.0.1:${server.port}/ledger (28P01). Not retried: a wrong password does not fix itself. Check POSTGRES_PASSWORD against database-url.`,
    )
    const everything = `${error.stack} ${inspect(error, { depth: 9, showHidden: true })}`
      // The checkout's path has the project's name in it.
      .replace(/^\s+at .*$/gm, '')
    for (const secret of [password, encodeURIComponent(password), url])
      expect(everything).not.toContain(secret)
  })

  test('no password is not retried, nor taken from where the target did not have it', async () => {
    process.env.PGPASSWORD = 'Pa:ss/w#rd 1'
    try {
      expect(await failure(`postgresql://ledger@127.0.0.1:${server.port}/ledger`)).toMatch(
        /asks for the password of role "ledger", and none was given/,
      )
    } finally {
      delete process.env.PGPASSWORD
    }
  })

  test('a role that may not log in is not retried', async () => {
    expect(await failure(urlAs('outsider', 'outsider'))).toMatch(
      /does not let role "outsider" in: role "outsider" is not permitted to log in \(28000\). Not retried/,
    )
  })

  test('a setting that the server does not know is not retried', async () => {
    expect(await failure(`${server.url()}?options=-c%20nonsense%3D1`)).toMatch(
      /nonsense.*\(42704\). Not retried.$/,
    )
  })

  test('a role that cannot write is refused by a run that writes, and not by one that reads', async () => {
    const url = urlAs('reader', 'reader')
    expect(await failure(url)).toMatch(/is read-only for role "reader": default_transaction_read_only is on/)
    expect(await wait(url, { writes: false })).toMatchObject({ attempts: 1 })
  })

  test('a database that is created a moment later is waited for', async () => {
    const waiting = wait(server.url('late'))
    await server.query('CREATE DATABASE late')
    const { attempts } = await waiting
    expect(attempts).toBeGreaterThan(1)
  })
})
