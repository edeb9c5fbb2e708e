import { type Finding, found } from './finding.ts'
import { entries } from './input-values.ts'
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
