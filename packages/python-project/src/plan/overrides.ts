import { type Finding, found } from './finding.ts'
import type { MigrationTool } from './migrations.ts'
import type { FindingName, Findings, FindingValue } from './plan.ts'

/** Findings from which nothing else follows, so that an input of the same name simply takes their place. */
export const FINAL_INPUTS = [
  'lint-extras',
  'lint-groups',
  'types-extras',
  'types-groups',
  'test-extras',
  'test-groups',
  'ruff-paths',
  'mypy-paths',
  'bandit-paths',
  'bandit-config',
  'has-coverage',
  'coverage-source',
  'coverage-fail-under',
  'coverage-precision',
  'test-arguments',
  'integration-extras',
  'integration-groups',
  'integration-arguments',
  'postgres-image',
  'dashboard-scripts',
  'dashboard-node-version',
  'dashboard-output',
] as const satisfies readonly FindingName[]

export type FinalInput = (typeof FINAL_INPUTS)[number]

/** What a person set instead of what would be found; an absent entry leaves the finding alone, an empty one turns it off. */
export interface Overrides {
  readonly pythonVersions?: readonly string[]
  readonly defaultPython?: string
  readonly extras?: readonly string[]
  readonly groups?: readonly string[]
  readonly sourcePaths?: readonly string[]
  readonly testPaths?: readonly string[]
  readonly integrationMarker?: string
  readonly migrationsTool?: Exclude<MigrationTool, ''>
  readonly migrationsDirectory?: string
  readonly migrationsCommand?: string
  readonly dashboardDirectory?: string
  readonly final?: ReadonlyMap<FinalInput, string>
}

/** The findings with the given inputs in place of what was found. */
export function withFinalInputs(findings: Findings, given: ReadonlyMap<FinalInput, string>): Findings {
  const replaced = [...given].map(([name, text]): [FindingName, Finding<FindingValue>] => [
    name,
    found(inKindOf(findings[name].value, text), `input ${name}`),
  ])
  return { ...findings, ...Object.fromEntries(replaced) }
}

function inKindOf(value: FindingValue, text: string): FindingValue {
  if (typeof value === 'boolean') return text === 'true'
  return Array.isArray(value) ? entries(text) : text
}

/** A list in an input: by commas or lines, not by blanks, since paths may hold them. */
export function entries(text: string): string[] {
  const parts = text.split(/[,\r\n]+/).map(entry => entry.trim())
  return [...new Set(parts.filter(Boolean))]
}
