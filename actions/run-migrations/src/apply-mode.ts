import {
  type ApplyOptions,
  applicationName,
  type CheckResult,
  defaultChecks,
  MigrationError,
  openSession,
  type Problem,
  parseChecks,
  type Session,
  type ToolState,
  type WantedCheck,
} from '@tokenledger/migrations'
import { applyOptionsOf } from './apply-options.ts'
import { setState } from './connect.ts'
import { APPLY, type Findings } from './findings.ts'
import type { Preflight } from './preflight.ts'
import type { Prepared } from './prepare.ts'
import { presentable } from './row-values.ts'
import { noteSchema, schemaBefore, schemaFileProblems, schemaOf } from './schema.ts'
import { timed } from './timed.ts'

/** A run that is connected and knows what the database has. */
export interface Connected {
  readonly prepared: Prepared
  readonly preflight: Preflight
  readonly session: Session
  readonly state: ToolState
  readonly findings: Findings
  readonly signal: AbortSignal
}

/** Applies what is pending, then proves what the checks ask for. Throws a MigrationError with all that failed. */
export async function applyMode(run: Connected): Promise<void> {
  const { prepared, session, state, findings, signal } = run
  const checks = wantedChecks(prepared)
  const measure = checks.some(({ name }) => name === 'locks') ? 'statements' : 'files'
  const options = applyOptionsOf(prepared, measure, findings, signal)
  const bookkeeping = bookkeepingOf(prepared)
  const changes = state.pending.length > 0 || !state.knowsPending
  const wantsDiff = prepared.inputs.summary && changes
  const before = wantsDiff
    ? await timed(findings, 'read the schema', () => schemaBefore(prepared, session, bookkeeping))
    : undefined
  await timed(findings, APPLY, () => prepared.tool.apply(session, options))
  if (changes) setState(findings, await prepared.tool.state(session))

  const problems: Problem[] = []
  if (wantsDiff || prepared.inputs.schema.file) {
    const after = await timed(findings, 'read the schema again', () =>
      schemaOf(prepared, session, bookkeeping),
    )
    await noteSchema(findings, before, after)
    problems.push(...(await schemaFileProblems(prepared, findings, after)))
  }
  problems.push(...(await check(run, checks, options, bookkeeping)))
  if (problems.length > 0) throw new MigrationError(problems)
}

/** The checks that the input names, or the defaults of this event. */
export function wantedChecks({ inputs, env, tool, where, otherTool }: Prepared): WantedCheck[] {
  const occasion = {
    event: env.GITHUB_EVENT_NAME ?? '',
    tool: tool.kind,
    target: where,
    hasBoth: otherTool !== undefined,
  }
  return parseChecks(inputs.checks, defaultChecks(occasion))
}

/** Tables that belong to this runner and to Alembic. */
export function bookkeepingOf({ inputs }: Prepared): string[] {
  return [inputs.record.trackingTable, 'public.alembic_version']
}

async function check(
  { prepared, preflight, session, findings }: Connected,
  wanted: readonly WantedCheck[],
  options: ApplyOptions,
  bookkeeping: readonly string[],
): Promise<Problem[]> {
  if (wanted.length === 0) return []
  const { runChecks } = await import('@tokenledger/migrations')
  const { tool, otherTool, place, inputs, env, where } = prepared
  const ran = await timed(findings, 'checks', () =>
    runChecks(wanted, {
      session,
      tool,
      place,
      applied: findings.applied,
      options,
      bookkeeping,
      targetKind: where,
      env,
      open: target => openSession(target, { applicationName: applicationName(env) }),
      ...(otherTool ? { otherTool } : {}),
      ...(inputs.baseRef ? { baseRef: inputs.baseRef } : {}),
      ...(preflight.newPaths ? { newPaths: preflight.newPaths } : {}),
    }),
  )
  const results = presentable(findings, ran)
  findings.checks = results
  findings.warnings.push(
    ...results.flatMap(result => (result.verdict === 'warned' ? problemsOf(result) : [])),
  )
  return results.flatMap(result => (result.verdict === 'failed' ? problemsOf(result) : []))
}

/** A check that names no line is one problem without a place. */
function problemsOf({ name, message, problems }: CheckResult): readonly Problem[] {
  return problems.length > 0 ? problems : [{ message: `Check ${name}: ${message}` }]
}
