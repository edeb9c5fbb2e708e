import type { AppliedMigration } from '@tokenledger/migrations'
import { type Findings, noFindings } from '../src/findings.ts'

/** One applied migration; what a test does not name is uninteresting. */
export function applied(version: string, changes: Partial<AppliedMigration> = {}): AppliedMigration {
  return {
    version,
    name: `${version}_step`,
    path: `migrations/${version}_step.sql`,
    startedMs: 200,
    ms: 17,
    statements: 2,
    locks: [],
    measured: [],
    retries: 0,
    ...changes,
  }
}

/** Findings of a run that reached a PostgreSQL 16.14 which is at 002 and lacks nothing. */
export function findings(changes: Partial<Findings> = {}): Findings {
  return {
    ...noFindings(),
    tool: 'sql',
    server: '16.14',
    waitedMs: 120,
    before: { current: '', applied: [], pending: [], knowsPending: true },
    current: '002',
    pending: 0,
    ...changes,
  }
}
