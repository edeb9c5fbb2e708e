import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { freePort, postgresAccount } from '@tokenledger/postgres-server'

const PROGRAMS = '/usr/lib/postgresql/15/bin'
const PASSWORD = "Pa:ss\\w#rd '1"

/** Whether Debian's PostgreSQL 15 is here: the only one whose pg_dump is of the same major version as its server. */
export const hasDebianPostgres =
  existsSync(join(PROGRAMS, 'postgres')) && existsSync(join(PROGRAMS, 'pg_dump'))

export interface DebianPostgres {
  readonly url: string
  close(): Promise<void>
}

/** Debian's PostgreSQL 15 on loopback, with a password that needs escaping everywhere. */
export async function startDebianPostgres(): Promise<DebianPostgres> {
  const account = await postgresAccount()
  const folder = await mkdtemp(join(tmpdir(), 'debian-postgres-'))
  const data = join(folder, 'data')
  await chmod(folder, 0o755)
  await mkdir(data, { mode: 0o700 })
  const passwordFile = join(folder, 'password')
  await writeFile(passwordFile, `${PASSWORD}\n`)
  if (account) for (const path of [data, passwordFile]) await chown(path, account.uid, account.gid)
  const port = await freePort()
  await promisify(execFile)(
    join(PROGRAMS, 'initdb'),
    [
      '-D',
      data,
      '-U',
      'ledger',
      '--auth=scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--no-sync',
      '--locale=C',
      '-E',
      'UTF8',
    ],
    { ...account },
  )
  const settings = [
    `port=${port}`,
    'listen_addresses=127.0.0.1',
    'unix_socket_directories=',
    'fsync=off',
    'wal_level=logical',
  ]
  const child = spawn(join(PROGRAMS, 'postgres'), ['-D', data, ...settings.flatMap(one => ['-c', one])], {
    stdio: ['ignore', 'ignore', 'pipe'],
    ...account,
  })
  await ready(child)
  return {
    url: `postgresql://ledger:${encodeURIComponent(PASSWORD)}@127.0.0.1:${port}/postgres`,
    close: async () => {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGINT')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

function ready(child: ChildProcess): Promise<void> {
  return new Promise((resolve, reject) => {
    let log = ''
    child.stderr?.on('data', chunk => {
      log += chunk
      if (log.includes('ready to accept connections')) resolve()
    })
    child.once('exit', () => reject(new Error(`PostgreSQL 15 did not start: ${log}`)))
  })
}
