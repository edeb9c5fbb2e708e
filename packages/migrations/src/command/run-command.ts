import { lastLines } from '@tokenledger/kit'
import { hintFor, readFailure } from '../alembic/traceback.ts'
import type { Session } from '../database/session.ts'
import { placeOf } from '../database/target.ts'
import { MigrationError } from '../problem.ts'
import type { TrackingTable } from '../record/tracking-table.ts'
import { startRun } from '../run/run.ts'
import { CONNECTION_CHECK_MS } from '../run/transaction-sql.ts'
import type { ApplyOptions } from '../tool.ts'
import { childEnvironment, driverOf } from './child-environment.ts'
import type { CommandLine } from './command-line.ts'
import { withLockRetries } from './lock-retries.ts'
import { runRedacted } from './run-redacted.ts'

export interface CommandRun {
  readonly session: Session
  readonly table: TrackingTable
  readonly options: ApplyOptions
  readonly redact: (text: string) => string
}

/** When a command ran; moments of `performance.now()`. */
export interface Ran {
  readonly startedAt: number
  readonly begun: number
  readonly ended: number
  readonly retries: number
}

/** A database with nothing of its own in it: no table, view or sequence besides those of extensions and of this runner. */
const IS_EMPTY = `
  SELECT NOT EXISTS (
    SELECT FROM pg_catalog.pg_class c
    JOIN pg_catalog.pg_namespace n ON n.oid = c.relnamespace
    WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f', 'S') AND n.nspname !~ '^pg_' AND n.nspname <> 'information_schema'
      AND NOT (n.nspname = $1 AND c.relname = $2)
      AND NOT EXISTS (SELECT FROM pg_catalog.pg_depend d
        WHERE d.classid = 'pg_catalog.pg_class'::pg_catalog.regclass AND d.objid = c.oid AND d.deptype = 'e')
  ) AS empty`

/**
 * Runs the project's own command with the database's address in its environment, again after a lock time-out. DATABASE_URL is
 * plain `postgresql://`, with the driver that the step's own DATABASE_URL names. A MigrationError when the command fails, is
 * cancelled, or ends well and leaves the database empty. The caller holds the migration lock.
 */
export async function runCommand(
  line: CommandLine,
  { session, table, options, redact }: CommandRun,
): Promise<Ran> {
  const { checksConnection, startedAt } = await startRun(session, table, options)
  const driver = driverOf(line.env.DATABASE_URL)
  const access = {
    scheme: driver ? `postgresql+${driver}` : 'postgresql',
    ...(checksConnection ? { connectionCheckMs: CONNECTION_CHECK_MS } : {}),
  }
  let ran: Ran = { startedAt, begun: 0, ended: 0, retries: 0 }
  const { result, locked } = await withLockRetries(
    session,
    options,
    'command',
    async (applicationName, retries) => {
      const begun = performance.now()
      const outcome = await runRedacted(line.program, line.args, {
        cwd: line.cwd,
        env: childEnvironment(line.env, session, options, { ...access, applicationName }),
        redact,
        onLine: options.say,
        signal: options.signal,
      })
      ran = { startedAt, begun, ended: performance.now(), retries }
      return outcome
    },
  )
  if (options.signal.aborted)
    throw failure(`Cancelled: ${line.text} was running for ${Math.round(result.ms / 1000)} s.`)
  if (result.exitCode !== 0) throw failure(failedText(line, result.exitCode, result.lines, locked))
  const { rows } = await session.side.query<{ empty: boolean }>(IS_EMPTY, [table.schema, table.name])
  if (rows[0]?.empty) {
    throw failure(
      `${line.text} ended with code 0, but ${placeOf(session.target)} is still empty. Make the command connect to DATABASE_URL, commit, and end with another code when it fails.`,
    )
  }
  return ran
}

function failedText({ text }: CommandLine, code: number, lines: readonly string[], locked: string): string {
  const { message, frames } = readFailure(lines)
  const words = frames.length > 0 ? message : lastLines(lines.join('\n'), 5)
  const hint = hintFor(lines.join('\n'))
  return [`${text} failed with code ${code}: ${words}`, locked, hint && `${hint}.`].filter(Boolean).join('\n')
}

function failure(message: string): MigrationError {
  return new MigrationError([{ message }])
}
