import { childEnvironment } from '../command/child-environment.ts'
import { withLockRetries } from '../command/lock-retries.ts'
import type { Session } from '../database/session.ts'
import { placeOf } from '../database/target.ts'
import { MigrationError } from '../problem.ts'
import { startRun } from '../run/run.ts'
import { CONNECTION_CHECK_MS } from '../run/transaction-sql.ts'
import type { ApplyOptions } from '../tool.ts'
import { type Alembic, runAlembic } from './alembic.ts'
import { problemOfRun } from './failed-run.ts'
import { schemeFor } from './scheme.ts'
import { revisionBegun } from './timing.ts'
import { describeVersions, readVersions, type Versions } from './version-table.ts'

export interface Migrate {
  /** `upgrade 0002`, `downgrade base`, `stamp 0001`. */
  readonly args: readonly [command: string, target: string]
  /** What alembic_version has to hold afterwards. */
  readonly expected: readonly string[]
  /** Called after each try, also one that failed, with what the database then held. */
  readonly after?: (attempt: Attempt) => void
}

export interface Attempt {
  readonly versions: Versions
  /** Moments of `performance.now()`: of its begin, of each revision in Alembic's log, of its end. */
  readonly begun: number
  readonly starts: ReadonlyMap<string, number>
  readonly ended: number
  /** Tries before this one. */
  readonly retries: number
  readonly startedAt: number
}

/**
 * Runs Alembic against the session's database, again after a lock time-out, and then reads from the database that it is
 * where it should be; exit code 0 alone proves nothing. The caller holds the migration lock. A MigrationError at the line
 * of the project that failed, with where the database is now.
 */
export async function migrate(
  alembic: Alembic,
  session: Session,
  options: ApplyOptions,
  { args, expected, after }: Migrate,
): Promise<void> {
  const { checksConnection, startedAt } = await startRun(session, alembic.options.table, options)
  const scheme = schemeFor(alembic.scripts, alembic.options.env.DATABASE_URL)
  if (scheme === 'postgresql+asyncpg' && options.lockTimeoutMs + options.statementTimeoutMs > 0) {
    options.say('asyncpg reads no PGOPTIONS, so lock-timeout and statement-timeout do not reach Alembic.')
  }
  let versions: Versions = { ids: [] }
  let running: string | undefined
  const { result, locked } = await withLockRetries(
    session,
    options,
    'alembic',
    async (applicationName, retries) => {
      const check = checksConnection ? { connectionCheckMs: CONNECTION_CHECK_MS } : {}
      const starts = new Map<string, number>()
      const begun = performance.now()
      const run = await runAlembic(alembic, {
        args,
        env: childEnvironment(alembic.env, session, options, { scheme, applicationName, ...check }),
        signal: options.signal,
        onLine: line => {
          running = revisionBegun(line) ?? running
          if (running && !starts.has(running)) starts.set(running, performance.now())
          options.say(line)
        },
      })
      const ended = performance.now()
      versions = await readVersions(session, alembic.scripts)
      after?.({ versions, begun, starts, ended, retries, startedAt })
      return run
    },
  )
  if (options.signal.aborted) throw cancelled(args, result.ms, running, versions)
  if (result.exitCode === 0) return verify(session, versions, args, expected)
  const stand = `${locked} Database is at ${describeVersions(versions.ids)}.`.trim()
  throw new MigrationError([await problemOfRun(alembic, result.lines, stand)])
}

function cancelled(
  args: readonly string[],
  ms: number,
  revision: string | undefined,
  { ids }: Versions,
): MigrationError {
  const what = `alembic ${args.join(' ')}${revision ? ` (revision ${revision})` : ''}`
  return new MigrationError([
    {
      message: `Cancelled: ${what} was running for ${Math.round(ms / 1000)} s; the server statement was cancelled and rolled back. Database is at ${describeVersions(ids)}.`,
    },
  ])
}

function verify(
  { target }: Session,
  { ids, table }: Versions,
  args: readonly string[],
  expected: readonly string[],
): void {
  if ([...ids].sort().join() === [...expected].sort().join()) return
  const found = table
    ? `${table} of ${placeOf(target)} is at ${describeVersions(ids)}`
    : `${placeOf(target)} has no alembic_version`
  throw new MigrationError([
    {
      message: `alembic ${args.join(' ')} ended well, but ${found}, not at ${describeVersions(expected)}. Make env.py connect to os.environ["DATABASE_URL"]: it may take another address from alembic.ini or a settings file, or leave its transaction open.`,
    },
  ])
}
