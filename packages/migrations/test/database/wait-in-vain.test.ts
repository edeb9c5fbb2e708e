import { createServer as createHttpServer } from 'node:http'
import { type AddressInfo, createServer, type Server, type Socket } from 'node:net'
import { afterEach, describe, expect, test } from '@jest/globals'
import { disposablePostgres, freePort } from '@tokenledger/postgres-server'
import { Client } from 'pg'
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

test('a database that never comes fails after 5 s, with its name', async () => {
  const server = await disposablePostgres()
  try {
    const { message } = await wait(server.url('never')).catch(error => error)
    expect(message).toMatch(
      /^Database "never" does not exist on 127.0.0.1:\d+ \(3D000\), not after [\d.]+ s either. Check POSTGRES_DB against database-url.$/,
    )
    expect(said).toEqual([
      `Waiting for 127.0.0.1:${server.port}/never, up to 20 s: database "never" does not exist`,
    ])
  } finally {
    await server.close()
  }
})

test('a server without a free connection is waited for', async () => {
  const server = await disposablePostgres({
    settings: {
      max_connections: '2',
      superuser_reserved_connections: '0',
      max_wal_senders: '0',
      autovacuum: 'off',
    },
  })
  const others = [1, 2].map(() => new Client({ connectionString: server.url() }))
  try {
    await Promise.all(others.map(other => other.connect()))
    expect(await failure(server.url(), { timeoutMs: 300 })).toMatch(
      /^Database not ready after [\d.]+ s: sorry, too many clients already \(\d+ attempts\). All connections are taken/,
    )
    const waiting = wait(server.url())
    await others.pop()?.end()
    expect((await waiting).attempts).toBeGreaterThan(0)
  } finally {
    await Promise.all(others.map(other => other.end()))
    await server.close()
  }
})

describe('what is no database', () => {
  const servers: Server[] = []
  const sockets = new Set<Socket>()
  afterEach(async () => {
    for (const socket of sockets) socket.destroy()
    await Promise.all(servers.splice(0).map(server => new Promise(resolve => server.close(resolve))))
  })

  async function listen(server: Server): Promise<number> {
    servers.push(server)
    server.on('connection', socket => sockets.add(socket))
    await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }
  const url = (port: number, mode = 'prefer') =>
    `postgresql://ann:S3cr3t%21@127.0.0.1:${port}/app?sslmode=${mode}`

  test('nobody listens: the exact words, with the tries', async () => {
    const port = await freePort()
    expect(await failure(url(port), { timeoutMs: 500 })).toMatch(
      new RegExp(
        `^Database not ready after [\\d.]+ s: connect ECONNREFUSED 127\\.0\\.0\\.1:${port} \\(\\d+ attempts\\)\\. Is the service's port mapped \\("ports: - 5432:5432"\\)\\? In a container job the host is the service name, not localhost\\.$`,
      ),
    )
  })

  test('nobody listens on either address of localhost: the IPv4 one is shown', async () => {
    const port = await freePort()
    expect(await failure(`postgresql://ann@localhost:${port}/app`, { timeoutMs: 200 })).toContain(
      `connect ECONNREFUSED 127.0.0.1:${port} (`,
    )
  })

  test.each(['prefer', 'disable', 'require'])(
    'the connection is closed at once (%s): retried',
    async mode => {
      const port = await listen(createServer(socket => socket.end()))
      expect(await failure(url(port, mode), { timeoutMs: 400 })).toMatch(
        /^Database not ready after .*: Connection terminated unexpectedly \(\d+ attempts\). The server ends the connection/,
      )
    },
  )

  test.each(['prefer', 'disable', 'require'])('HTTP answers (%s): not retried', async mode => {
    const port = await listen(createHttpServer((_request, response) => response.end()))
    expect(await failure(url(port, mode))).toBe(
      `127.0.0.1:${port} is not PostgreSQL: the answer is HTTP, not PostgreSQL's protocol. Check the port in database-url; PostgreSQL's is 5432 by default.`,
    )
  })

  test.each([
    ['SSH', Buffer.from('SSH-2.0-OpenSSH_9.2\r\n')],
    ['MySQL', Buffer.from([74, 0, 0, 0, 10, 56, 46, 48])],
    ['another protocol', Buffer.from('220 smtp ESMTP\r\n')],
  ])('%s answers: not retried', async (protocol, greeting) => {
    const port = await listen(createServer(socket => socket.on('error', () => undefined).end(greeting)))
    expect(await failure(url(port))).toContain(`is not PostgreSQL: the answer is ${protocol}`)
  })

  test('nobody answers: the wait ends in time and says so', async () => {
    const port = await listen(createServer(() => undefined))
    expect(await failure(url(port), { timeoutMs: 2500 })).toMatch(
      /^Database not ready after [\d.]+ s: no answer from 127.0.0.1:\d+ \(\d attempts?\). Nothing answers the login/,
    )
    expect(said).toEqual([`Waiting for 127.0.0.1:${port}/app, up to 2.5 s: no answer yet`])
  })

  test('a cancelled job ends the wait, also in the middle of a login', async () => {
    const job = new AbortController()
    const port = await listen(createServer(() => job.abort()))
    const patient = { signal: job.signal, timeoutMs: 600_000 }
    await expect(wait(`${url(port)}&connect_timeout=600`, patient)).rejects.toThrow(
      `Cancelled while waiting for 127.0.0.1:${port}/app. Nothing was run.`,
    )
  })
})
