import { inWords, markdownTable } from '@tokenledger/kit'
import type { AppliedMigration, CheckResult, MeasuredLock, Problem, ToolState } from '@tokenledger/migrations'
import { LOCK_MODES } from '@tokenledger/migrations'
import { placeOfProblem } from './annotations.ts'
import type { PlannedMigration } from './findings.ts'
import { asCode, asText } from './markdown.ts'

/** Rows of a table beyond this are left to the report: nobody reads them. */
const MOST_ROWS = 200

/** What ran, or ran and was rolled back: one row for each migration. */
export function migrationTable(migrations: readonly AppliedMigration[]): string {
  return limited(
    ['version', 'migration', 'statements', 'time', 'strongest lock', 'rewrite'],
    migrations.map(({ version, name, path, statements, ms, locks, retries }) => [
      version,
      asCode(path || name),
      String(statements),
      `${inWords(ms)}${retries > 0 ? `, try ${retries + 1}` : ''}`,
      lockWords(strongestOf(locks)),
      rewriteWords(locks),
    ]),
  )
}

/** What would run. */
export function plannedTable(migrations: readonly PlannedMigration[]): string {
  return limited(
    ['version', 'migration', 'statements'],
    migrations.map(({ version, name, path, statements }) => [
      version,
      asCode(path ?? name),
      statements.map(asCode).join('<br>') || '–',
    ]),
  )
}

/** Everything that is applied or pending. */
export function statusTable({ applied, pending }: ToolState): string {
  return limited(
    ['version', 'migration', 'state'],
    [
      ...applied.map(({ version, name, appliedAt }) => [
        version,
        asCode(name),
        appliedAt ? `applied ${appliedAt.toISOString().slice(0, 16).replace('T', ' ')} UTC` : 'applied',
      ]),
      ...pending.map(({ version, name }) => [version, asCode(name), '**pending**']),
    ],
  )
}

const CHECK_ICONS = { passed: '✅', warned: '⚠️', failed: '❌', skipped: '➖' } as const

export function checkTable(checks: readonly CheckResult[]): string {
  return markdownTable(
    ['check', 'verdict', 'what was found', 'time'],
    checks.map(({ name, verdict, message, ms }) => [
      name,
      `${CHECK_ICONS[verdict]} ${verdict}`,
      asText(message),
      inWords(ms),
    ]),
  )
}

export function warningList(problems: readonly Problem[]): string {
  return problems
    .slice(0, MOST_ROWS)
    .map(problem => {
      const place = placeOfProblem(problem)
      return `- ${place ? `${asCode(place)} ` : ''}${asText(problem.message).replaceAll('\n', '<br>')}`
    })
    .join('\n')
}

function strongestOf(locks: readonly MeasuredLock[]): MeasuredLock | undefined {
  return [...locks].sort((a, b) => LOCK_MODES.indexOf(b.mode) - LOCK_MODES.indexOf(a.mode))[0]
}

/** `AccessExclusive on public.users`. */
function lockWords(lock: MeasuredLock | undefined): string {
  return lock ? `${lock.mode.replace(/Lock$/, '')} on ${asCode(lock.relation)}` : 'none on what existed'
}

function rewriteWords(locks: readonly MeasuredLock[]): string {
  const rewritten = locks.filter(lock => lock.rewritten)
  return rewritten.length > 0 ? rewritten.map(({ relation }) => asCode(relation)).join(', ') : 'no'
}

function limited(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const table = markdownTable(header, rows.slice(0, MOST_ROWS))
  return rows.length > MOST_ROWS
    ? `${table}\n\n_${rows.length - MOST_ROWS} more rows are in the report._`
    : table
}
