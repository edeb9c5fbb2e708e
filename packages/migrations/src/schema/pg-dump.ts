import { accessSync, constants } from 'node:fs'
import { delimiter, join } from 'node:path'
import { exec, lastLines } from '@tokenledger/kit'
import type { Target } from '../database/target.ts'
import type { BookkeepingRelation } from './bookkeeping.ts'

type Environment = Readonly<Record<string, string | undefined>>

export interface PgDump {
  /** Its path. */
  readonly program: string
  /** `16.14` */
  readonly version: string
  /** Whether `--restrict-key` is known (from the minor releases of August 2025 on). */
  readonly knowsRestrictKey: boolean
}

/** The pg_dump on PATH; or why it cannot be used for this server: pg_dump refuses a server with a newer major version. */
export async function findPgDump(env: Environment, serverVersion: number): Promise<PgDump | string> {
  const program = onPath(env.PATH ?? '')
  if (!program) return 'pg_dump is not on PATH'
  const asked = known.get(program) ?? ask(program, env)
  known.set(program, asked)
  const pgDump = await asked
  const serverMajor = Math.floor(serverVersion / 10_000)
  if (typeof pgDump === 'string' || Number.parseInt(pgDump.version, 10) >= serverMajor) return pgDump
  return `pg_dump ${pgDump.version} cannot dump a PostgreSQL ${serverMajor} server`
}

/** A run reads several schemas, and the program stays the same. */
const known = new Map<string, Promise<PgDump | string>>()

async function ask(program: string, env: Environment): Promise<PgDump | string> {
  const [{ stdout, stderr }, help] = await Promise.all([
    run(program, ['--version'], env),
    run(program, ['--help'], env),
  ])
  const version = /\(PostgreSQL\) (\d+(?:\.\d+)*)/.exec(stdout)?.[1]
  if (!version) return `pg_dump --version says "${lastLines(stdout || stderr, 1)}"`
  return { program, version, knowsRestrictKey: help.stdout.includes('--restrict-key') }
}

/** What pg_dump prints for a schema, without owners and privileges; or its last words when it fails. */
export async function runPgDump(
  { program, knowsRestrictKey }: PgDump,
  target: Target,
  leftOut: readonly BookkeepingRelation[],
  env: Environment,
): Promise<{ readonly text: string } | string> {
  const done = await run(
    program,
    [
      '--schema-only',
      '--no-owner',
      '--no-privileges',
      '--no-password',
      ...(knowsRestrictKey ? ['--restrict-key=schema'] : []),
      ...leftOut.map(({ schema, name }) => `--exclude-table=${quoted(schema)}.${quoted(name)}`),
    ],
    { ...env, ...connection(target) },
  )
  return done.exitCode === 0 ? { text: done.stdout } : `pg_dump failed: ${lastLines(done.stderr, 2)}`
}

/** libpq's variables. An empty PGHOSTADDR or PGPASSWORD counts as none; a service of the caller would win over ours. */
function connection(target: Target): Environment {
  const { host, port, user, password, database, sslMode, sslRootCert, address, options } = target
  return {
    PGHOST: host,
    PGHOSTADDR: address ?? '',
    PGPORT: String(port),
    PGUSER: user,
    PGPASSWORD: password,
    PGDATABASE: database,
    PGSSLMODE: sslMode,
    PGSSLROOTCERT: sslRootCert ?? '',
    // pg_dump sets the other settings that spell constants by itself.
    PGTZ: 'UTC',
    PGOPTIONS: options ?? '',
    PGSERVICE: undefined,
    PGAPPNAME: 'tokenledger-actions/pg_dump',
  }
}

/** A name for a pattern of pg_dump: between quotes nothing has a special meaning. */
function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`
}

async function run(program: string, args: readonly string[], env: Environment) {
  const given = Object.entries(env).filter((entry): entry is [string, string] => entry[1] !== undefined)
  return exec(program, args, { env: { ...Object.fromEntries(given), LC_ALL: 'C' } })
}

function onPath(path: string): string | undefined {
  const name = process.platform === 'win32' ? 'pg_dump.exe' : 'pg_dump'
  return path
    .split(delimiter)
    .filter(Boolean)
    .map(folder => join(folder, name))
    .find(isExecutable)
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK)
    return true
  } catch {
    return false
  }
}
