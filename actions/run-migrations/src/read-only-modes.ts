import { UserError } from '@tokenledger/kit'
import {
  type Migration,
  MigrationError,
  type PendingMigration,
  type ToolState,
  trackingTable,
} from '@tokenledger/migrations'
import { sayLine } from './annotations.ts'
import { bookkeepingOf, type Connected, wantedChecks } from './apply-mode.ts'
import { applyOptionsOf } from './apply-options.ts'
import { setState } from './connect.ts'
import { migrationsOf } from './lint.ts'
import { counted } from './markdown.ts'
import { schemaFileProblems, schemaOf } from './schema.ts'
import { timed } from './timed.ts'

/** Says what would run; on a local database, or when the check locks is named, it also runs and is rolled back. */
export async function planMode(run: Connected): Promise<void> {
  const { prepared, state, findings } = run
  if (!state.knowsPending) {
    throw new UserError(
      `Mode plan cannot tell what ${prepared.tool.kind} would do. Use mode: apply on a database of its own.`,
    )
  }
  requireRecord(state)
  const pending = upTo(state, prepared.inputs.to)
  findings.pending = pending.length
  const files = prepared.tool.kind === 'sql' && pending.length > 0 ? await pendingFiles(run, pending) : []
  const byPath = new Map(files.map(file => [file.path, file]))
  findings.planned = pending.map(migration => ({
    ...migration,
    statements: firstLines(byPath.get(migration.path ?? '')),
  }))
  for (const { version, name, statements } of findings.planned) {
    sayLine(`${version} ${name}: ${counted(statements.length, 'statement')}`)
    for (const line of statements) sayLine(`    ${line}`)
  }
  if (files.length > 0 && wantsMeasuring(run)) await measure(run, files)
}

async function pendingFiles(
  { prepared }: Connected,
  pending: readonly PendingMigration[],
): Promise<Migration[]> {
  const paths = new Set(pending.map(({ path }) => path))
  return (await migrationsOf(prepared)).filter(({ path }) => paths.has(path))
}

function wantsMeasuring({ prepared }: Connected): boolean {
  if (prepared.where === 'local') return true
  return wantedChecks(prepared).some(({ name, required }) => name === 'locks' && required)
}

async function measure(
  { prepared, session, findings, signal }: Connected,
  files: readonly Migration[],
): Promise<void> {
  const { measurePending } = await import('@tokenledger/migrations')
  const options = applyOptionsOf(prepared, 'statements', findings, signal)
  const table = trackingTable(prepared.inputs.record.trackingTable)
  findings.measured = await timed(findings, 'execute and roll back', () =>
    measurePending(session, files, table, options),
  )
}

/** Fails when anything is pending, or when the schema is not that of schema-file. */
export async function verifyMode({ prepared, session, state, findings }: Connected): Promise<void> {
  if (!state.knowsPending) {
    throw new UserError(
      `Mode verify cannot prove anything for ${prepared.tool.kind}, which does not tell what is pending.`,
    )
  }
  requireRecord(state)
  const pending = upTo(state, prepared.inputs.to)
  if (pending.length > 0) {
    const names = pending.map(({ name }) => name)
    const shown = names.length > 10 ? [...names.slice(0, 10), `${names.length - 10} more`] : names
    throw new MigrationError([
      {
        message: `Database is at ${state.current || 'no version'}; ${counted(pending.length, 'migration is', 'migrations are')} pending: ${shown.join(', ')}. Run with mode: apply.`,
      },
    ])
  }
  if (!prepared.inputs.schema.file) return
  const schema = await schemaOf(prepared, session, bookkeepingOf(prepared))
  findings.schema = { hash: schema.hash, diff: '', diffFile: '' }
  const problems = await schemaFileProblems(prepared, findings, schema)
  if (problems.length > 0) throw new MigrationError(problems)
}

/** Lists what is applied and what is pending; pending is no failure. */
export function statusMode({ state, findings }: Connected): void {
  if (state.unrecorded) findings.warnings.push({ message: state.unrecorded })
  for (const { version, name, appliedAt } of state.applied) {
    sayLine(`applied  ${version} ${name}${appliedAt ? ` (${appliedAt.toISOString()})` : ''}`)
  }
  for (const { version, name } of state.pending) sayLine(`pending  ${version} ${name}`)
}

/** Records what the database already has, so that the next run applies only what is new. */
export async function baselineMode({ prepared, session, findings, signal }: Connected): Promise<void> {
  const { tool, inputs } = prepared
  const options = applyOptionsOf(prepared, 'files', findings, signal)
  findings.recorded.push(...(await tool.baseline(session, inputs.baselineVersion, options)))
  for (const version of findings.recorded) sayLine(`Recorded ${version} as applied, without running it.`)
  setState(findings, await tool.state(session))
}

/** Where tables stand without a record, nobody knows what is pending. */
function requireRecord({ unrecorded }: ToolState): void {
  if (unrecorded) throw new MigrationError([{ message: unrecorded }])
}

/** What of the pending migrations the input `to` asks for; a UserError when no migration has that version or name. */
function upTo({ pending, applied }: ToolState, to: string): readonly PendingMigration[] {
  if (!to) return pending
  const isMeant = ({ version, name }: { readonly version: string; readonly name: string }) =>
    version === to || name === to || sameNumber(version, to)
  const last = pending.findIndex(isMeant)
  if (last < 0 && !applied.some(isMeant)) {
    throw new UserError(`Input to is "${to}", and no migration has that version or name.`)
  }
  return pending.slice(0, last + 1)
}

function sameNumber(a: string, b: string): boolean {
  return /^\d+$/.test(a) && /^\d+$/.test(b) && BigInt(a) === BigInt(b)
}

/** The first line of each statement, short enough for a table. */
function firstLines(file: Migration | undefined): string[] {
  return (file?.statements ?? []).map(({ text }) => {
    const line = text.split('\n')[0]?.trim() ?? ''
    return line.length > 100 ? `${line.slice(0, 99)}…` : line
  })
}
