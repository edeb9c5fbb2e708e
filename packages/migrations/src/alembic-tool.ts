import { type Alembic, openAlembic } from './alembic/alembic.ts'
import { asMigration, headsOf, withAncestors } from './alembic/graph.ts'
import { headProblems } from './alembic/heads.ts'
import { type Attempt, migrate } from './alembic/migrate.ts'
import { modelDrift } from './alembic/models.ts'
import type { Revision } from './alembic/revisions.ts'
import { stateOf } from './alembic/state.ts'
import { timed } from './alembic/timing.ts'
import { describeVersions, readVersions } from './alembic/version-table.ts'
import type { Session } from './database/session.ts'
import { MigrationError } from './problem.ts'
import type { TrackingTable } from './record/tracking-table.ts'
import { withRunLock } from './run/run-lock.ts'
import type { ApplyOptions, MigrationTool, ProjectPlace } from './tool.ts'

export interface AlembicOptions {
  /** Path of alembic.ini or pyproject.toml relative to the project's folder; found when absent. */
  readonly config?: string
  /** The folder of env.py relative to the project's folder, for a project without a configuration file. */
  readonly directory?: string
  /** The Python that has Alembic; else the project's .venv, VIRTUAL_ENV, then PATH. */
  readonly python?: string
  /** Names the migration lock. */
  readonly table: TrackingTable
  /** Environment of the child processes; the database's address is added to it. */
  readonly env: Readonly<Record<string, string | undefined>>
  readonly redact: (text: string) => string
  readonly say: (line: string) => void
}

/**
 * Migrations by the project's own Alembic: its revisions are read through one Python process without env.py, it runs
 * under our lock, and what it did is read from alembic_version. `home` is the checkout whose Python is used.
 */
export function alembicTool(
  place: ProjectPlace,
  options: AlembicOptions,
  home: ProjectPlace = place,
): MigrationTool {
  let opened: Promise<Alembic> | undefined
  const open = () => {
    opened ??= openAlembic(place, options, home)
    return opened
  }
  return {
    kind: 'alembic',
    preflight: async () => {
      const { project, python, scripts } = await open()
      const problems = headProblems(scripts.revisions)
      if (problems.length > 0) throw new MigrationError(problems)
      const count = scripts.revisions.length
      options.say(
        `Alembic ${scripts.alembic} of ${python}: ${project.reason}, ${count} ${count === 1 ? 'revision' : 'revisions'}.`,
      )
    },
    state: async session => stateOf(await open(), session),
    apply: async (session, how) => {
      const alembic = await open()
      await withRunLock(session, options.table, how, () => upgrade(alembic, session, how))
    },
    baseline: async (session, version, how) => {
      const alembic = await open()
      return withRunLock(session, options.table, how, () => stamp(alembic, session, version, how))
    },
    down: async (session, how) => {
      const alembic = await open()
      const all = { args: ['downgrade', 'base'], expected: [] } as const
      await withRunLock(session, options.table, how, () => migrate(alembic, session, how, all))
    },
    heads: async () => headProblems((await open()).scripts.revisions),
    models: async session => modelDrift(await open(), session),
    at: root => alembicTool({ ...place, root }, options, home),
  }
}

async function upgrade(alembic: Alembic, session: Session, options: ApplyOptions): Promise<void> {
  const { revisions } = alembic.scripts
  const target = targetOf(revisions, options.to)
  const { applied } = await stateOf(alembic, session)
  const done = new Set(applied.map(({ version }) => version))
  if (!target || done.has(target.id)) return
  const after = ({ versions, ...clock }: Attempt) => {
    const now = withAncestors(revisions, versions.ids)
    const fresh = revisions.filter(({ id }) => now.has(id) && !done.has(id))
    for (const { id } of fresh) done.add(id)
    for (const migration of timed(fresh, clock, clock.startedAt, clock.retries)) options.onApplied(migration)
  }
  await migrate(alembic, session, options, { args: ['upgrade', target.id], expected: [target.id], after })
}

async function stamp(
  alembic: Alembic,
  session: Session,
  version: string,
  options: ApplyOptions,
): Promise<string[]> {
  const { revisions } = alembic.scripts
  const target = targetOf(revisions, version)
  const { ids, table } = await readVersions(session, alembic.scripts)
  if (!target || (ids.length === 1 && ids[0] === target.id)) return []
  if (ids.length > 0) {
    const message = `${table} is at ${describeVersions(ids)} already; a baseline is for a database without a record. Use mode: apply.`
    throw new MigrationError([{ message }])
  }
  await migrate(alembic, session, options, { args: ['stamp', target.id], expected: [target.id] })
  const recorded = withAncestors(revisions, [target.id])
  return revisions.filter(({ id }) => recorded.has(id)).map(revision => asMigration(revision).name)
}

/** The revision with this id, or whose id alone begins so, as Alembic reads it; the head for none and for `head`. */
function targetOf(revisions: readonly Revision[], version: string | undefined): Revision | undefined {
  if (version === undefined || version === '' || version === 'head') return headsOf(revisions)[0]
  const exact = revisions.find(({ id }) => id === version)
  const alike = revisions.filter(({ id }) => id.startsWith(version))
  const found = exact ?? (alike.length === 1 ? alike[0] : undefined)
  if (found) return found
  const listed = revisions
    .map(({ id }) => id)
    .slice(-10)
    .join(', ')
  const why = alike.length > 1 ? 'is the beginning of several revisions' : 'is no revision of Alembic'
  throw new MigrationError([{ message: `"${version}" ${why}. The newest are: ${listed}. Nothing was run.` }])
}
