import { dirname, join } from 'node:path'
import type { Migration, Problem, ToolState } from '@tokenledger/migrations'
import type { Preflight } from './preflight.ts'
import type { Prepared } from './prepare.ts'

/** Where the action's own files lie, seen from its bundle `dist/run-migrations/index.js`. */
const SQUAWK_LOCK = '../../actions/run-migrations/squawk'

/**
 * Warnings about risky statements, for files that no database of others has yet: those that the base lacks; without a base
 * the pending ones, unless the database is empty, since a first installation locks nobody out.
 */
export async function lintWarnings(
  prepared: Prepared,
  { newPaths }: Preflight,
  state: ToolState,
): Promise<Problem[]> {
  const { inputs, tool } = prepared
  if (inputs.lint === 'off' || tool.kind !== 'sql') return []
  const pending = state.applied.length > 0 ? state.pending.flatMap(({ path }) => path ?? []) : []
  const paths = newPaths ?? new Set(pending)
  if (paths.size === 0) return []
  const files = (await migrationsOf(prepared)).filter(({ path }) => paths.has(path))
  return inputs.lint === 'builtin' ? builtin(files) : squawk(prepared, files)
}

/** The numbered SQL files of the project, read and taken apart. */
export async function migrationsOf({ place, inputs }: Prepared): Promise<Migration[]> {
  const { readMigrations } = await import('@tokenledger/migrations')
  return readMigrations(place, inputs.tools.path)
}

async function builtin(files: readonly Migration[]): Promise<Problem[]> {
  const { riskyChanges } = await import('@tokenledger/migrations')
  return riskyChanges(files)
}

async function squawk({ place, env }: Prepared, files: readonly Migration[]): Promise<Problem[]> {
  const { squawkProblems } = await import('@tokenledger/migrations')
  const bundle = dirname(process.argv[1] ?? '.')
  return squawkProblems(files, place.root, {
    lockFolder: join(bundle, SQUAWK_LOCK),
    installBelow: env.RUNNER_TOOL_CACHE || env.RUNNER_TEMP || bundle,
  })
}
