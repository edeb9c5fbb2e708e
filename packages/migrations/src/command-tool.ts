import { UserError } from '@tokenledger/kit'
import { type Alembic, openAlembic } from './alembic/alembic.ts'
import { findAlembic } from './alembic/find-alembic.ts'
import { headsOf } from './alembic/graph.ts'
import { headProblems } from './alembic/heads.ts'
import { modelDrift } from './alembic/models.ts'
import { stateOf } from './alembic/state.ts'
import { describeVersions, readVersions } from './alembic/version-table.ts'
import { type AlembicOptions, alembicTool } from './alembic-tool.ts'
import { commandLine } from './command/command-line.ts'
import { type Ran, runCommand } from './command/run-command.ts'
import type { Session } from './database/session.ts'
import { MigrationError } from './problem.ts'
import type { AppliedMigration } from './run/applied.ts'
import { withRunLock } from './run/run-lock.ts'
import { readSchema } from './schema/read-schema.ts'
import type { ApplyOptions, MigrationTool, ProjectPlace, ToolState } from './tool.ts'

export interface CommandOptions extends Omit<AlembicOptions, 'config' | 'directory' | 'python'> {
  /** Program and arguments as one line, such as `tokenledger db init`. */
  readonly command: string
  /** Where the project's Alembic is, if it has one: its head then verifies what the command did. */
  readonly alembic?: Pick<AlembicOptions, 'config' | 'directory' | 'python'>
}

/** What is known of a command that does not tell. */
const UNKNOWN: ToolState = { current: '', applied: [], pending: [], knowsPending: false }

/**
 * Migrations by a command of the project's own. What it did is read from the database: something must be there, and where
 * Alembic keeps its table, that is at the head. `home` is the checkout whose virtual environment is used.
 */
export function commandTool(
  place: ProjectPlace,
  options: CommandOptions,
  home: ProjectPlace = place,
): MigrationTool {
  const { table, redact, say } = options
  const alembicOptions = { ...options, ...options.alembic }
  let found: Promise<Alembic | undefined> | undefined
  const findOwn = () => {
    found ??= openIfThere(place, alembicOptions, home)
    return found
  }
  const line = () => commandLine(options.command, place, home, options.env)
  return {
    kind: 'command',
    preflight: async () => {
      const { program } = await line()
      say(`Command ${options.command}, program ${program}.`)
    },
    state: async session => stateByAlembic(await findOwn(), session),
    apply: async (session, how) => {
      const [command, alembic] = [await line(), await findOwn()]
      await withRunLock(session, table, how, async () => {
        const before = await seenBefore(alembic, session, options)
        const ran = await runCommand(command, { session, table, options: how, redact })
        await atHead(alembic, session, options.command)
        await report(before, alembic, session, options, ran, how)
      })
    },
    baseline: async (session, version, how) => {
      if (!(await findOwn())) throw noBaseline(options.command)
      return alembicTool(place, alembicOptions, home).baseline(session, version, how)
    },
    heads: async () => headProblems((await findOwn())?.scripts.revisions ?? []),
    models: async session => {
      const alembic = await findOwn()
      return alembic
        ? modelDrift(alembic, session)
        : { verdict: 'skipped', reason: 'the project has no Alembic' }
    },
    at: root => commandTool({ ...place, root }, options, home),
  }
}

/** The command may do without Alembic, so one that is configured but not installed is no failure here. */
async function openIfThere(
  place: ProjectPlace,
  options: AlembicOptions,
  home: ProjectPlace,
): Promise<Alembic | undefined> {
  if (!(await findAlembic(place, options))) return undefined
  try {
    return await openAlembic(place, options, home)
  } catch (error) {
    if (!(error instanceof UserError) || error instanceof MigrationError) throw error
    options.say(`The revisions of Alembic are not looked at: ${error.message}`)
    return undefined
  }
}

/** Only a database in which Alembic keeps its table is known to be migrated by it. */
async function stateByAlembic(alembic: Alembic | undefined, session: Session): Promise<ToolState> {
  const kept = alembic && (await readVersions(session, alembic.scripts)).table
  return alembic && kept ? stateOf(alembic, session) : UNKNOWN
}

async function atHead(alembic: Alembic | undefined, session: Session, command: string): Promise<void> {
  if (!alembic) return
  const { ids, table } = await readVersions(session, alembic.scripts)
  const heads = headsOf(alembic.scripts.revisions).map(({ id }) => id)
  if (!table || ids.join() === heads.sort().join()) return
  throw new MigrationError([
    {
      message: `${command} ended with code 0, but ${table} is at ${describeVersions(ids)} and the newest revision is ${describeVersions(heads)}. Make the command upgrade to the head, and end with another code when it fails.`,
    },
  ])
}

interface Seen {
  readonly applied: ReadonlySet<string>
  readonly schema: string
}

async function seenBefore(
  alembic: Alembic | undefined,
  session: Session,
  options: CommandOptions,
): Promise<Seen> {
  const { applied } = await stateByAlembic(alembic, session)
  return {
    applied: new Set(applied.map(({ version }) => version)),
    schema: await schemaHash(session, options),
  }
}

/** Over the side connection, as the main one keeps the migration lock and would keep what it reads locked too. */
async function schemaHash(session: Session, { env, table }: CommandOptions): Promise<string> {
  const aside = { ...session, main: session.side }
  const { hash } = await readSchema(aside, { bookkeeping: [table.qualified], pgDump: 'off', env })
  return hash
}

/** Each new revision of Alembic by itself with an equal share of the time; else the command, when the schema has changed. */
async function report(
  before: Seen,
  alembic: Alembic | undefined,
  session: Session,
  options: CommandOptions,
  { startedAt, begun, ended, retries }: Ran,
  how: ApplyOptions,
): Promise<void> {
  const { applied } = await stateByAlembic(alembic, session)
  const fresh = applied.filter(({ version }) => !before.applied.has(version))
  const changed = fresh.length === 0 && (await schemaHash(session, options)) !== before.schema
  const parts = changed ? [{ version: '', name: options.command }] : fresh
  const ms = (ended - begun) / Math.max(1, parts.length)
  for (const [index, part] of parts.entries()) {
    const startedMs = begun - startedAt + index * ms
    const nothingMeasured = { statements: 0, locks: [], measured: [] }
    const applied: AppliedMigration = { path: '', ...part, startedMs, ms, retries, ...nothingMeasured }
    how.onApplied(applied)
  }
}

function noBaseline(command: string): MigrationError {
  const message = `mode: baseline needs numbered SQL files or Alembic; "${command}" keeps its own record. Set tool and path.`
  return new MigrationError([{ message }])
}
