import { inWords } from '@tokenledger/kit'
import { type Findings, verdictOf } from './findings.ts'
import { counted } from './markdown.ts'

/** The run in one sentence with its numbers; first in the summary, and before the errors in the log. */
export function verdictSentence(findings: Findings): string {
  return `${ICONS[verdictOf(findings)]} ${outcome(findings)}${whereabouts(findings)}`
}

const ICONS = {
  applied: '✅',
  current: '✅',
  baselined: '✅',
  pending: '📋',
  failed: '❌',
  cancelled: '🛑',
} as const

function outcome(findings: Findings): string {
  const { applied, recorded, pending, failure } = findings
  const done = `${counted(applied.length, 'migration')} applied`
  switch (verdictOf(findings)) {
    case 'applied':
      return `${done} in ${inWords(sum(applied.map(({ ms }) => ms)))}${at(findings)}`
    case 'baselined':
      return `${counted(recorded.length, 'migration')} recorded as applied without running${at(findings)}`
    case 'pending':
      return `${counted(pending ?? 0, 'migration')} pending, nothing was changed${at(findings)}`
    case 'cancelled':
      return applied.length > 0 ? `Cancelled after ${done}${at(findings)}` : 'Cancelled; nothing was applied'
    case 'failed':
      return failed(findings, done, failure?.problems.length ?? 0)
    case 'current':
      return findings.before?.knowsPending === false
        ? `Nothing changed${at(findings)}`
        : `Nothing to apply${at(findings)}`
  }
}

function failed(findings: Findings, done: string, problems: number): string {
  const count = problems > 1 ? `${problems} problems` : 'failed'
  if (findings.applied.length > 0) return `${done}, then ${count}${at(findings)}`
  if (findings.server === undefined) return `Migrations: ${count} before the database was touched`
  return `Migrations: ${count}, nothing was applied${at(findings)}`
}

/** Empty while the record was not read. */
function at({ current }: Findings): string {
  if (current === undefined) return ''
  return current ? `; the database is at ${current}` : '; the database has no migration yet'
}

function whereabouts({ server, waitedMs }: Findings): string {
  if (server === undefined) return ''
  const waited = waitedMs === undefined ? '' : `, waited ${(waitedMs / 1000).toFixed(1)} s`
  return ` (PostgreSQL ${server}${waited})`
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0)
}
