import { type Call, spotIn, workflowCall } from '../contract/calls.ts'
import type { Contract, ValueType } from '../contract/contract.ts'
import { nearestHint } from '../contract/nearest.ts'
import { workflowValueProblem } from '../contract/value-type.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule, Spot } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const callInputs: Rule = {
  id: 'call-inputs',
  level: 'error',
  why: 'GitHub starts no job of a workflow whose call lacks a required input, has one that the called workflow does not know, or gives text where it declares a boolean or a number.',
  fix: 'Compare `with:` with `on.workflow_call.inputs` of the called workflow; write `true` and `false` without quotes, and turn text into them by `fromJSON()`.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const call = workflowCall(job, repository)
      if (call) yield* inputProblems(call, workflowValueProblem)
    }
  },
}

/** What a call gives that is not taken, or does not give. GitHub does not tell capitals in names of inputs. */
export function* inputProblems(
  call: Call<Contract>,
  problemOf: (value: YamlItem, type: ValueType) => string | undefined,
): Iterable<Spot> {
  const { item, uses, name: callee, contract } = call
  const known = new Map(Object.entries(contract.inputs).map(([name, type]) => [name.toLowerCase(), type]))
  const given = item.get('with')?.entries() ?? []
  for (const [name, value] of given) {
    const type = known.get(name.toLowerCase())
    const hint = type ? '' : nearestHint(name, Object.keys(contract.inputs))
    const problem = type && problemOf(value, type)
    if (!type) yield spotIn(call, { at: value.place, message: `${callee} has no input '${name}'${hint}` })
    else if (problem) yield spotIn(call, { at: value.place, message: `'${name}' of ${callee} ${problem}` })
  }
  for (const name of contract.required)
    if (!given.some(([key]) => key.toLowerCase() === name.toLowerCase()))
      yield spotIn(call, { at: uses.place, message: `'${name}' is not given, which ${callee} requires` })
}
