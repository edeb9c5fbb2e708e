import type { Problem } from '@tokenledger/migrations'
import { type Failure, type Findings, verdictOf } from './findings.ts'
import { verdictSentence } from './verdict.ts'

/** Changes when a field changes its meaning or goes; new fields do not change it. */
const FORMAT = 1

/** All that is known, as the JSON of the output `report`; it holds no password and no URL. */
export function reportOf(findings: Findings, totalMs: number): Record<string, unknown> {
  const { before, schema, failure } = findings
  return {
    format: FORMAT,
    verdict: verdictOf(findings),
    sentence: verdictSentence(findings),
    mode: findings.mode,
    tool: findings.tool ?? null,
    reason: findings.reason ?? null,
    database: findings.place ?? null,
    serverVersion: findings.server ?? null,
    previousVersion: before?.current ?? null,
    currentVersion: findings.current ?? null,
    pendingCount: findings.pending ?? null,
    waitedMs: findings.waitedMs ?? null,
    durationMs: Math.round(totalMs),
    applied: findings.applied,
    recorded: findings.recorded,
    planned: findings.planned,
    measured: findings.measured,
    known: before?.applied ?? [],
    checks: findings.checks,
    schema: schema ? { hash: schema.hash, diffFile: schema.diffFile || null } : null,
    warnings: findings.warnings.map(withoutDetail),
    problems: problemsOf(failure),
    phases: findings.phases,
  }
}

function problemsOf(failure: Failure | undefined): Problem[] {
  if (!failure) return []
  return failure.problems.length > 0 ? failure.problems.map(withoutDetail) : [{ message: failure.message }]
}

/** DETAIL of the server can hold values of rows, and a report is soon an artifact. */
function withoutDetail({ path, position, message, excerpt }: Problem): Problem {
  return {
    message,
    ...(path ? { path } : {}),
    ...(position ? { position } : {}),
    ...(excerpt ? { excerpt } : {}),
  }
}
