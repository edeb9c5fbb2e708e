import { chmodSync, chownSync, copyFileSync, writeFileSync } from 'node:fs'
import { chmod } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import {
  type DisposablePostgres,
  disposablePostgres,
  type Major,
  postgresAccount,
} from '@tokenledger/postgres-server'
import { tempDir } from '@tokenledger/testkit'
import { connect, disconnect } from '../../src/database/connect.ts'
import { parseTarget } from '../../src/database/parse-target.ts'
import { waitForDatabase } from '../../src/database/wait.ts'
import { type Authority, type Certificate, createAuthority } from './authority.ts'

describe.each<Major>([16, 18])('PostgreSQL %d with TLS', major => {
  let folder: string
  let authority: Authority
  let stranger: Authority
  let server: DisposablePostgres
  let inUse: Certificate

  beforeAll(async () => {
    folder = await tempDir()
    await chmod(folder, 0o711)
    authority = createAuthority(folder, 'authority')
    stranger = createAuthority(folder, 'stranger')
    inUse = { certificate: join(folder, 'server.pem'), key: join(folder, 'server.key') }
    await present(authority.issue('good', 'localhost'))
    writeFileSync(
      join(folder, 'hba.conf'),
      [
        'host all ledger all scram-sha-256',
        'hostssl all tls_only all trust',
        'hostnossl all plain_only all trust',
        '',
      ].join('\n'),
    )
    server = await disposablePostgres({
      major,
      settings: {
        ssl: 'on',
        ssl_cert_file: inUse.certificate,
        ssl_key_file: inUse.key,
        hba_file: join(folder, 'hba.conf'),
      },
    })
    await server.query('CREATE ROLE tls_only LOGIN; CREATE ROLE plain_only LOGIN')
  })
  afterAll(() => server?.close())

  /** Lets the server present another certificate. */
  async function present(issued: Certificate) {
    const account = await postgresAccount()
    for (const part of ['certificate', 'key'] as const) {
      copyFileSync(issued[part], inUse[part])
      if (account) chownSync(inUse[part], account.uid, account.gid)
      chmodSync(inUse[part], part === 'key' ? 0o600 : 0o644)
    }
    if (!server) return
    const loaded = async () =>
      (await server.query('SELECT pg_conf_load_time()::text AS at', `${server.url()}?sslmode=disable`))[0]?.at
    const before = await loaded()
    await server.query('SELECT pg_reload_conf()', `${server.url()}?sslmode=disable`)
    while ((await loaded()) === before);
  }

  const targetOf = (mode: string, root: Authority | null = authority, host = 'localhost', user?: string) => {
    const url = new URL(server.url())
    url.hostname = host
    if (user) url.username = user
    url.searchParams.set('sslmode', mode)
    return parseTarget({ url: String(url), env: {}, ...(root ? { sslRootCert: root.certificate } : {}) })
  }

  /** Logs in and asks the server whether the connection is encrypted; the failure text otherwise. */
  async function encrypted(target: ReturnType<typeof targetOf>): Promise<boolean | string> {
    try {
      await waitForDatabase(target, { timeoutMs: 5000, applicationName: 'test', say: () => undefined })
    } catch (error) {
      return (error as Error).message
    }
    const client = await connect(target, 'test', { timeoutMs: 5000 })
    const { rows } = await client.query('SELECT ssl FROM pg_stat_ssl WHERE pid = pg_backend_pid()')
    await disconnect(client)
    return rows[0].ssl
  }

  test('each sslmode encrypts as libpq does', async () => {
    const modes = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full']
    const seen = await Promise.all(modes.map(mode => encrypted(targetOf(mode))))
    expect(Object.fromEntries(modes.map((mode, i) => [mode, seen[i]]))).toEqual({
      disable: false,
      allow: false,
      prefer: true,
      require: true,
      'verify-ca': true,
      'verify-full': true,
    })
  })

  test('prefer and allow try again where pg_hba.conf wants it otherwise; the others do not', async () => {
    const as = (user: string, mode: string) => encrypted(targetOf(mode, null, 'localhost', user))
    expect(await as('plain_only', 'prefer')).toBe(false)
    expect(await as('tls_only', 'allow')).toBe(true)
    expect(await as('tls_only', 'disable')).toMatch(
      /does not let role "tls_only" in: no pg_hba.conf entry .* no encryption \(28000\). Not retried. It may want TLS: add sslmode=verify-full/,
    )
    expect(await as('plain_only', 'require')).toMatch(
      /does not let role "plain_only" in: .* \(28000\). Not retried. See its pg_hba.conf./,
    )
    expect(await as('nobody', 'prefer')).toMatch(/does not let role "nobody" in: no pg_hba.conf entry/)
  })

  test('a certificate for another host fails verify-full and passes verify-ca', async () => {
    await present(authority.issue('other', 'db.example.com'))
    expect(await encrypted(targetOf('verify-full'))).toMatch(
      /^The certificate of localhost:\d+ belongs to another host: .*db\.example\.com.* Use the host name that it was made for, or sslmode=verify-ca/,
    )
    expect(await encrypted(targetOf('verify-ca'))).toBe(true)
    expect(await encrypted(targetOf('require'))).toBe(true)
  })

  test('the address counts when the host is one', async () => {
    await present(authority.issue('address', '127.0.0.1'))
    expect(await encrypted(targetOf('verify-full', authority, '127.0.0.1'))).toBe(true)
    expect(await encrypted(targetOf('verify-full', authority, 'localhost'))).toMatch(
      /belongs to another host/,
    )
  })

  test('a name is checked also when hostaddr says where to connect', async () => {
    await present(authority.issue('named', 'db.example.com'))
    const target = (host: string) =>
      parseTarget({
        url: `${server.url().replace('127.0.0.1', host)}?sslmode=verify-full&hostaddr=127.0.0.1`,
        env: {},
        sslRootCert: authority.certificate,
      })
    expect(await encrypted(target('db.example.com'))).toBe(true)
    expect(await encrypted(target('evil.example.com'))).toMatch(/belongs to another host/)
  })

  test.each([
    [
      'of a stranger',
      () => stranger.issue('good', 'localhost'),
      /is not trusted: .*Give the authority that signed it as ssl-root-cert/,
    ],
    [
      'that expired',
      () => authority.issue('expired', 'localhost', { expired: true }),
      /is not trusted: certificate has expired.*renew the certificate/,
    ],
    ['signed by itself', () => stranger, /is not trusted: self.signed certificate/],
  ])('a certificate %s is not trusted, nor retried', async (_name, issue, message) => {
    await present(issue())
    for (const mode of ['require', 'verify-ca', 'verify-full']) {
      expect(await encrypted(targetOf(mode))).toMatch(message)
    }
    expect(await encrypted(targetOf('verify-full', null))).toMatch(/is not trusted/)
    expect(await encrypted(targetOf('require', null))).toBe(true)
    expect(await encrypted(targetOf('prefer', authority))).toBe(true)
  })
})

test('a server without TLS: the modes that demand it say so, the others go on', async () => {
  const server = await disposablePostgres()
  try {
    const wait = (mode: string) =>
      waitForDatabase(parseTarget({ url: `${server.url()}?sslmode=${mode}`, env: {} }), {
        timeoutMs: 5000,
        applicationName: 'test',
        say: () => undefined,
      })
    for (const mode of ['disable', 'allow', 'prefer']) expect(await wait(mode)).toMatchObject({ attempts: 1 })
    for (const mode of ['require', 'verify-ca', 'verify-full']) {
      await expect(wait(mode)).rejects.toThrow(
        `127.0.0.1:${server.port} does not support TLS, and sslmode=${mode} demands it.`,
      )
    }
  } finally {
    await server.close()
  }
})
