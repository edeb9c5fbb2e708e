import type { Place } from '../finding.ts'
import type { Step } from '../model/step.ts'

export interface CliffCall {
  readonly step: Step
  readonly arguments: string
  readonly at: Place
}

/** Calls of git-cliff: by its action, or by the command in a script. */
export function cliffCalls(step: Step): CliffCall[] {
  const called = step.commands(/\bgit[ -]cliff\b[^\n]*/)
  const calls = called.map(({ match, at }) => ({ step, arguments: match[0], at }))
  if (!step.action.startsWith('orhun/git-cliff-action')) return calls
  const args = step.with('args')
  return [...calls, { step, arguments: args?.text ?? '', at: (args ?? step.item).place }]
}
