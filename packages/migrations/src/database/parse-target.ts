import { userInfo } from 'node:os'
import { resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { readCertificates } from './certificates.ts'
import { type Keyword, readDatabaseUrl, type Settings, severalHosts } from './database-url.ts'
import { isHost, looksLocal } from './hosts.ts'
import { passwordFromFile } from './pgpass.ts'
import { sslOf, sslWarning } from './ssl.ts'
import { SSL_MODES, type SslMode, type Target } from './target.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a target is read from: the input, else the environment. */
export interface GivenTarget {
  /** The input database-url; empty when not given. */
  readonly url?: string
  readonly env: Environment
  /** The input ssl-root-cert. */
  readonly sslRootCert?: string
}

/** libpq's variables (documentation, "Environment Variables"). */
const VARIABLES: Readonly<Record<Keyword, string>> = {
  host: 'PGHOST',
  hostaddr: 'PGHOSTADDR',
  port: 'PGPORT',
  dbname: 'PGDATABASE',
  user: 'PGUSER',
  password: 'PGPASSWORD',
  passfile: 'PGPASSFILE',
  sslmode: 'PGSSLMODE',
  sslrootcert: 'PGSSLROOTCERT',
  sslcert: 'PGSSLCERT',
  sslkey: 'PGSSLKEY',
  options: 'PGOPTIONS',
  connect_timeout: 'PGCONNECT_TIMEOUT',
}

/**
 * The database that is meant: the input, else DATABASE_URL, else libpq's PG* variables, which also fill in what a URL leaves
 * out, as they do for psql. Unset, the host is localhost, where a job's services listen (libpq would look for a socket),
 * and the database is named like the user. A local host gets `sslmode=prefer`, any other `verify-full`. Files are read
 * for certificates and the password file. Throws a UserError without any part of the value.
 */
export function parseTarget({ url, env, sslRootCert }: GivenTarget): Target {
  const source = sourceOf(url, env)
  const settings: Settings = { ...variables(env), ...source.settings }
  if (sslRootCert) settings.sslrootcert = sslRootCert
  const login = loginOf(settings, source.name)
  const { host } = login
  const sslMode = sslModeOf(settings, host, source.name)
  const certificates = readCertificates(
    settings,
    sslRootCert ? 'ssl-root-cert' : `sslrootcert of ${source.name}`,
    env,
  )
  const warning = sslWarning(sslMode, host, certificates.authorities !== undefined)
  const { sslrootcert, options, hostaddr } = settings
  const seconds = wholeNumber(settings.connect_timeout, 'connect_timeout', source.name)
  return {
    ...login,
    password: settings.password || passwordFromFile(login, settings.passfile, env),
    sslMode,
    sslModeGiven: settings.sslmode !== undefined,
    ssl: sslOf(sslMode, host, certificates),
    ...(options ? { options } : {}),
    ...(hostaddr && hostaddr !== host ? { address: hostaddr } : {}),
    ...(sslrootcert ? { sslRootCert: sslrootcert === 'system' ? sslrootcert : resolve(sslrootcert) } : {}),
    // libpq takes 1 as 2 and 0 as no limit.
    ...(seconds ? { connectTimeoutMs: Math.max(seconds, 2) * 1000 } : {}),
    ...(warning ? { warnings: [warning] } : {}),
  }
}

function sourceOf(url: string | undefined, env: Environment): { name: string; settings: Settings } {
  const input = url?.trim()
  if (input) return { name: 'database-url', settings: readDatabaseUrl(input, 'database-url') }
  const variable = env.DATABASE_URL?.trim()
  if (variable) return { name: 'DATABASE_URL', settings: readDatabaseUrl(variable, 'DATABASE_URL') }
  // The host or the database has to be there: a Windows runner sets PGUSER and PGPASSWORD for everybody.
  if (env.PGHOST || env.PGHOSTADDR || env.PGDATABASE) return { name: 'the PG* variables', settings: {} }
  throw new UserError(
    'No database is given: the input database-url is empty, and so are the variables DATABASE_URL and PGHOST, PGHOSTADDR, PGDATABASE. Set database-url to postgresql://user:password@localhost:5432/database. If it comes from a secret: secrets are empty in runs from a fork and from Dependabot.',
  )
}

function variables(env: Environment): Settings {
  const entries = Object.entries(VARIABLES).map(([keyword, variable]) => [keyword, env[variable]])
  return Object.fromEntries(entries.filter(([, value]) => value))
}

function loginOf(settings: Settings, name: string): Pick<Target, 'host' | 'port' | 'user' | 'database'> {
  const { hostaddr, dbname } = settings
  const host = settings.host ?? hostaddr ?? 'localhost'
  if (host.includes(',') || hostaddr?.includes(',') || settings.port?.includes(',')) throw severalHosts(name)
  if (!isHost(host) || (hostaddr && !isHost(hostaddr))) {
    throw new UserError(`${name} has a host that is neither a name nor an address. The value is not shown.`)
  }
  const port = wholeNumber(settings.port, 'port', name) ?? 5432
  if (port < 1 || port > 65_535) throw notANumber('port', name)
  const user = settings.user ?? userInfo().username
  return { host, port, user, database: dbname ?? user }
}

function sslModeOf({ sslmode, sslrootcert }: Settings, host: string, name: string): SslMode {
  const strong = sslrootcert === 'system'
  if (sslmode === undefined) return looksLocal(host) && !strong ? 'prefer' : 'verify-full'
  const mode = SSL_MODES.find(known => known === sslmode)
  if (!mode) throw new UserError(`sslmode of ${name} is none of ${SSL_MODES.join(', ')}.`)
  if (strong && mode !== 'verify-full') {
    throw new UserError(`sslrootcert=system needs sslmode=verify-full, as libpq does; ${name} has ${mode}.`)
  }
  return mode
}

function wholeNumber(value: string | undefined, keyword: Keyword, name: string): number | undefined {
  if (value === undefined) return undefined
  if (!/^\d{1,9}$/.test(value)) throw notANumber(keyword, name)
  return Number(value)
}

function notANumber(keyword: Keyword, name: string): UserError {
  return new UserError(`The ${keyword} of ${name} is not a valid number. The value is not shown.`)
}
