import type { FindingName, Findings, FindingValue } from '@tokenledger/python-project/plan'

/** How a list is written: as JSON for a matrix, with commas for names, one entry a line for what may hold blanks. */
function textOf(name: FindingName, value: FindingValue): string {
  if (typeof value === 'boolean') return String(value)
  if (typeof value === 'string') return value
  if (name === 'python-versions' || name === 'build-requires') return JSON.stringify(value)
  return value.join(/-(extras|groups|scripts)$/.test(name) ? ',' : '\n')
}

/** Every output of the action as the text that a workflow reads: one per finding, and all of them as `plan`. */
export function outputsOf(findings: Findings): Record<string, string> {
  const flat = namesOf(findings).map(name => [name, textOf(name, findings[name].value)])
  return { plan: JSON.stringify(findings), ...Object.fromEntries(flat) }
}

export function namesOf(findings: Findings): FindingName[] {
  return Object.keys(findings) as FindingName[]
}
