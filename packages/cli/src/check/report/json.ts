import type { Level } from '../finding.ts'
import type { Sorted } from '../mutes.ts'

/** Findings as data; `version` changes only when a field is taken away. */
export function jsonReport({ findings, muted }: Sorted): string {
  const count = (wanted: Level) => findings.filter(({ level }) => level === wanted).length
  const counts = { errors: count('error'), warnings: count('warning'), notes: count('note') }
  return JSON.stringify({ version: 1, ...counts, findings, muted }, null, 2)
}
