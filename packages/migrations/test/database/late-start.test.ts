import { chmod, chown } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { freePort, type Postgres, postgresAccount, startPostgres } from '@tokenledger/postgres-server'
import { tempDir } from '@tokenledger/testkit'
import { parseTarget } from '../../src/database/parse-target.ts'
import { waitForDatabase } from '../../src/database/wait.ts'

// The image's entry point: initdb, a server on a Unix socket for the init scripts, its end, the server for everybody.
test('the first start on a socket alone is not taken for the real one', async () => {
  const folder = await tempDir()
  await chmod(folder, 0o755)
  const sockets = await tempDir()
  const account = await postgresAccount()
  if (account) await chown(sockets, account.uid, account.gid)
  const port = await freePort()
  const start = (name: string, settings: Record<string, string>) =>
    startPostgres({
      port,
      user: 'app',
      password: 'S3cr3t word',
      database: 'app',
      wantedBy: 'a test',
      folder: join(folder, name),
      env: { PATH: process.env.PATH ?? '' },
      settings,
    })
  const wait = (host: string) =>
    waitForDatabase(parseTarget({ url: `postgresql://app:S3cr3t%20word@${host}:${port}/app`, env: {} }), {
      timeoutMs: 30_000,
      applicationName: 'test',
      say: line => said.push(line),
    })
  const said: string[] = []
  let isUp = false
  const waiting = wait('127.0.0.1').then(waited => ({ ...waited, isUp }))

  const first = await start('first', { listen_addresses: '', unix_socket_directories: sockets })
  expect(await wait(encodeURIComponent(sockets))).toMatchObject({ attempts: 1 })
  await first.close()
  isUp = true
  const second: Postgres = await start('second', {})
  try {
    const waited = await waiting
    expect(waited.isUp).toBe(true)
    expect(waited.attempts).toBeGreaterThan(3)
    expect(said).toEqual([
      `Waiting for 127.0.0.1:${port}/app, up to 30 s: connect ECONNREFUSED 127.0.0.1:${port}`,
    ])
  } finally {
    await second.close()
  }
})
