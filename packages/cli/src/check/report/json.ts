import type { Sorted } from '../mutes.ts'

/** Findings as data; `version` changes only when a field is taken away. */
export function jsonReport({ findings, muted }: Sorted): string {
  const errors = findings.filter(({ level }) => level === 'error').length
  return JSON.stringify({ version: 1, errors, warnings: findings.length - errors, findings, muted }, null, 2)
}
