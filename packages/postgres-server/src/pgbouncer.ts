import { execFileSync, spawn } from 'node:child_process'
import { chmod, chown, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { postgresAccount } from './account.ts'
import { DISPOSABLE, type DisposablePostgres } from './disposable.ts'
import { freePort } from './ports.ts'

export interface PgBouncer {
  /** The URL of a database through the pooler. */
  url(database: string): string
  close(): Promise<void>
}

/** Whether PgBouncer (Debian package pgbouncer) is installed. */
export function hasPgBouncer(): boolean {
  try {
    execFileSync('pgbouncer', ['--version'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

/** A PgBouncer in transaction mode in front of a disposable server. */
export async function startPgBouncer(
  server: DisposablePostgres,
  settings: Readonly<Record<string, string>> = {},
): Promise<PgBouncer> {
  const folder = await mkdtemp(join(tmpdir(), 'pgbouncer-'))
  const port = await freePort()
  const { user, password } = DISPOSABLE
  const all = {
    listen_addr: '127.0.0.1',
    listen_port: port,
    unix_socket_dir: '',
    pool_mode: 'transaction',
    auth_type: 'scram-sha-256',
    auth_file: join(folder, 'users.txt'),
    default_pool_size: 1,
    ...settings,
  }
  await writeFile(
    join(folder, 'pgbouncer.ini'),
    [
      '[databases]',
      `* = host=127.0.0.1 port=${server.port} user=${user} password='${password}'`,
      '[pgbouncer]',
      ...Object.entries(all).map(([name, value]) => `${name} = ${value}`),
      '',
    ].join('\n'),
  )
  await writeFile(join(folder, 'users.txt'), `"${user}" "${password}"\n`)
  const account = await postgresAccount()
  await chmod(folder, 0o755)
  if (account) await chown(folder, account.uid, account.gid)
  const child = spawn('pgbouncer', [join(folder, 'pgbouncer.ini')], { stdio: 'ignore', ...account })
  const ended = new Promise(resolve => child.once('exit', resolve).once('error', resolve))
  await listening(port)
  return {
    url: database => `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    close: async () => {
      child.kill('SIGINT')
      const force = setTimeout(() => child.kill('SIGKILL'), 3000)
      await ended
      clearTimeout(force)
      await rm(folder, { recursive: true, force: true })
    },
  }
}

async function listening(port: number): Promise<void> {
  for (let attempt = 0; attempt < 100; attempt++) {
    const open = await new Promise(resolve => {
      const socket = connect(port, '127.0.0.1', () => resolve(true)).once('error', () => resolve(false))
      socket.once('connect', () => socket.destroy())
    })
    if (open) return
    await sleep(50)
  }
  throw new Error(`PgBouncer does not listen on port ${port} after 5 s`)
}
