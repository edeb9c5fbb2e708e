import { type Findings, verdictOf } from './findings.ts'

/** Every output of the action, as it is known. */
export function outputsOf(findings: Findings, report: string, totalMs: number): Record<string, string> {
  const { applied, recorded, schema } = findings
  return {
    tool: findings.tool ?? '',
    verdict: verdictOf(findings),
    applied: JSON.stringify(
      applied.map(({ version, name, ms, statements, locks }) => ({
        version,
        name,
        ms: Math.round(ms),
        statements,
        locks,
      })),
    ),
    'applied-count': String(applied.length + recorded.length),
    'pending-count': findings.pending === undefined ? '' : String(findings.pending),
    'previous-version': findings.before?.current ?? '',
    'current-version': findings.current ?? '',
    'waited-ms': findings.waitedMs === undefined ? '' : String(Math.round(findings.waitedMs)),
    'duration-ms': String(Math.round(totalMs)),
    'schema-hash': schema?.hash ?? '',
    'schema-diff-file': schema?.diffFile ?? '',
    report,
    'server-version': findings.server ?? '',
  }
}
