import { createServer, type Socket } from 'node:net'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type DisposablePostgres, disposablePostgres } from '@tokenledger/postgres-server'
import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'

let server: DisposablePostgres
beforeAll(async () => {
  server = await disposablePostgres({ settings: { client_connection_check_interval: '100ms' } })
})
afterAll(() => server?.close())

const open = (url = server.url()) =>
  openSession(parseTarget({ url, env: {} }), {
    applicationName: 'tokenledger-actions/run-migrations a/b#1/1',
  })
const connections = () =>
  server.query(`SELECT pid FROM pg_stat_activity WHERE application_name LIKE 'tokenledger-actions%'`)

test("has two connections under the run's name, and closes both", async () => {
  const session = await open()
  expect(session).toMatchObject({ pooled: false, server: { versionNumber: expect.any(Number) } })
  expect(await connections()).toHaveLength(2)
  await session.close()
  await session.close()
  while ((await connections()).length > 0);
})

test('closes while a query runs, which then fails, and the process lives', async () => {
  const session = await open()
  const query = session.main.query('SELECT pg_sleep(60)').catch(error => error.message)
  const queued = session.main.query('SELECT 1').catch(error => error.message)
  await session.close()
  expect(await query).toMatch(/Connection terminated/)
  expect(await queued).toMatch(/Connection terminated/)
  while ((await connections()).length > 0);
})

test('a connection that the server ends fails the next query, and the process lives', async () => {
  const session = await open()
  await server.query(
    `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE 'tokenledger-actions%'`,
  )
  await expect(session.main.query('SELECT 1')).rejects.toThrow()
  await expect(session.side.query('SELECT 1')).rejects.toThrow()
  await session.close()
})

test('a connection that is dead without a word is closed all the same', async () => {
  const sockets = new Set<Socket>()
  const proxy = createServer(socket => {
    const upstream = new (socket.constructor as typeof Socket)()
    upstream.connect(server.port, '127.0.0.1')
    for (const one of [socket, upstream]) sockets.add(one.on('error', () => undefined))
    socket.pipe(upstream)
    upstream.pipe(socket)
  })
  await new Promise<void>(resolve => proxy.listen(0, '127.0.0.1', resolve))
  const { port } = proxy.address() as { port: number }
  const session = await open(server.url().replace(`:${server.port}/`, `:${port}/`))
  for (const socket of sockets) socket.unpipe().pause()
  await session.close()
  for (const socket of sockets) socket.destroy()
  await new Promise(resolve => proxy.close(resolve))
  await expect(session.main.query('SELECT 1')).rejects.toThrow()
})

test('a login that fails is told as the wait tells it, and no connection is left', async () => {
  await expect(open(server.url('missing'))).rejects.toThrow(/^Database "missing" does not exist on 127.0.0.1/)
  expect(await connections()).toEqual([])
})
