import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Problem } from '../problem.ts'
import { type AppliedMigration, LOCK_MODES, type LockMode, type MeasuredLock } from '../run/applied.ts'
import type { CheckContext, CheckOutcome } from './check.ts'
import { saferWay } from './safer-way.ts'

/**
 * Warns of what would hold up others on a live database: statements of new files that rewrote a table, or locked one that
 * existed before against writers. Fails nothing, as a small table makes every lock harmless.
 */
export async function locks({ applied, newPaths, place }: CheckContext): Promise<CheckOutcome> {
  if (!newPaths) {
    const message = 'Locks are in the table of files; without a base nobody knows which files are new.'
    return { verdict: 'passed', message, problems: [] }
  }
  const fresh = applied.filter(({ path }) => newPaths.has(path))
  const problems: Problem[] = []
  for (const migration of fresh) {
    const text = await readFile(join(place.root, migration.path), 'utf8').catch(() => '')
    problems.push(...problemsOf(migration, text))
  }
  const count = problems.length
  if (count === 0) {
    const files = fresh.length === 1 ? 'The new file locks' : `The ${fresh.length} new files lock`
    const message = fresh.length === 0 ? 'No new files.' : `${files} nothing that others would wait for.`
    return { verdict: 'passed', message, problems }
  }
  const message = `${count} ${count === 1 ? 'statement' : 'statements'} of new files would hold up others on a live database.`
  return { verdict: 'warned', message, problems }
}

function problemsOf({ path, ms, measured, locks }: AppliedMigration, text: string): Problem[] {
  const lines = text.split('\n')
  if (measured.length === 0) {
    const lock = worst(locks)
    return lock ? [{ path, message: describe(lock, ms, saferWay('', lock)) }] : []
  }
  return measured.flatMap(({ line, locks: held }, index) => {
    const lock = worst(held.filter(one => isNew(one, measured[index - 1]?.locks ?? [])))
    if (!lock) return []
    const heldMs = measured.slice(index).reduce((sum, { ms: more }) => sum + more, 0)
    const statement = lines.slice(line - 1).join('\n')
    return [
      { path, position: { line, column: 1 }, message: describe(lock, heldMs, saferWay(statement, lock)) },
    ]
  })
}

/** A transaction keeps what it has locked, so what was held after the statement before is not this one's. */
function isNew({ relation, mode, rewritten }: MeasuredLock, before: readonly MeasuredLock[]): boolean {
  const known = before.find(lock => lock.relation === relation)
  if (!known) return true
  return LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(known.mode) || (rewritten && !known.rewritten)
}

/** The lock to tell of: a rewrite before any other, then the strongest; undefined when none holds up others. */
function worst(measured: readonly MeasuredLock[]): MeasuredLock | undefined {
  const weight = ({ mode, rewritten }: MeasuredLock) => LOCK_MODES.indexOf(mode) + (rewritten ? 10 : 0)
  const heavy = ({ kind, mode, rewritten }: MeasuredLock) =>
    kind === 'table' && (rewritten || LOCK_MODES.indexOf(mode) >= LOCK_MODES.indexOf('ShareLock'))
  return measured.filter(heavy).sort((a, b) => weight(b) - weight(a))[0]
}

/** ROW EXCLUSIVE, which writers take, conflicts with SHARE and stronger; readers wait for ACCESS EXCLUSIVE alone. */
function blocked(mode: LockMode): string {
  return mode === 'AccessExclusiveLock' ? 'reads and writes' : 'writes'
}

function describe({ relation, mode, rewritten }: MeasuredLock, ms: number, safer: string): string {
  const time = ms < 10 ? ms.toFixed(1) : String(Math.round(ms))
  const rewrite = rewritten ? ' and writes the whole table anew' : ''
  return `blocks ${blocked(mode)} of ${relation} (${mode}, held ${time} ms here)${rewrite}. ${safer}`
}
