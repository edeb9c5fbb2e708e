import type { Session } from '../database/session.ts'
import type { Target } from '../database/target.ts'
import type { ApplyOptions } from '../tool.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** What a step's own program would not get either: our inputs and the tokens of JavaScript actions. */
const OURS_ALONE = /^(INPUT_|ACTIONS_(RUNTIME|CACHE|RESULTS)_)/
/** They would lead a program elsewhere than to our target; what they said is part of the target. */
const OTHER_ADDRESSES =
  /^(DATABASE_URL|PG(HOST|HOSTADDR|PORT|DATABASE|USER|PASSWORD|PASSFILE|SERVICE|SERVICEFILE|OPTIONS|SSLMODE|SSLROOTCERT))$/

/** The environment without what is not for a child. */
export function ownEnvironment(env: Environment): Record<string, string> {
  const kept = Object.entries(env).filter(([name, value]) => value !== undefined && !OURS_ALONE.test(name))
  return { ...(Object.fromEntries(kept) as Record<string, string>), PYTHONUNBUFFERED: '1' }
}

export interface DatabaseAccess {
  /** `postgresql`, or with a driver of SQLAlchemy's: `postgresql+psycopg`. */
  readonly scheme: string
  /** The name under which the child's connections show up in pg_stat_activity. */
  readonly applicationName: string
  /** `client_connection_check_interval` in ms; absent where the server has none. */
  readonly connectionCheckMs?: number
}

/**
 * The environment of a child with the database's address: DATABASE_URL for the project, and libpq's variables (documentation,
 * "Environment Variables"), which also carry what does not belong into a URL that SQLAlchemy reads: sslmode, time-outs, name.
 * Through a transaction pooler the time-outs stay away, as PgBouncer refuses a login with `options`.
 */
export function childEnvironment(
  env: Environment,
  { target, pooled }: Pick<Session, 'target' | 'pooled'>,
  { lockTimeoutMs, statementTimeoutMs }: Pick<ApplyOptions, 'lockTimeoutMs' | 'statementTimeoutMs'>,
  { scheme, applicationName, connectionCheckMs }: DatabaseAccess,
): Record<string, string> {
  const settings = [
    target.options ?? '',
    `-c lock_timeout=${lockTimeoutMs}`,
    `-c statement_timeout=${statementTimeoutMs}`,
    connectionCheckMs === undefined ? '' : `-c client_connection_check_interval=${connectionCheckMs}`,
  ]
  const others = Object.entries(ownEnvironment(env)).filter(([name]) => !OTHER_ADDRESSES.test(name))
  return {
    ...Object.fromEntries(others),
    DATABASE_URL: urlOf(target, scheme),
    PGHOST: target.host,
    ...(target.address ? { PGHOSTADDR: target.address } : {}),
    PGPORT: String(target.port),
    PGUSER: target.user,
    PGPASSWORD: target.password,
    PGDATABASE: target.database,
    PGSSLMODE: target.sslMode,
    ...(target.sslRootCert ? { PGSSLROOTCERT: target.sslRootCert } : {}),
    PGAPPNAME: applicationName,
    ...(pooled ? {} : { PGOPTIONS: settings.filter(Boolean).join(' ') }),
  }
}

/** A Unix socket's folder goes into the query, where libpq and SQLAlchemy look for it. */
function urlOf({ host, port, user, password, database }: Target, scheme: string): string {
  const account = `${encodeURIComponent(user)}${password ? `:${encodeURIComponent(password)}` : ''}`
  const path = encodeURIComponent(database)
  if (host.startsWith('/')) {
    return `${scheme}://${account}@/${path}?host=${encodeURIComponent(host)}&port=${port}`
  }
  return `${scheme}://${account}@${host.includes(':') ? `[${host}]` : host}:${port}/${path}`
}

/** The driver that a URL names: `psycopg2` of `postgresql+psycopg2://`. */
export function driverOf(url: string | undefined): string | undefined {
  return /^postgres(?:ql)?\+(\w+):/.exec(url?.trim() ?? '')?.[1]
}
