import { localCalls } from '../facts/calls.ts'
import type { Rule, Spot } from '../finding.ts'
import type { Job, Workflow } from '../model/workflow.ts'

export const callInputs: Rule = {
  id: 'call-inputs',
  level: 'error',
  why: 'GitHub starts no job of a workflow whose call lacks a required input or has one that the called workflow does not know.',
  fix: 'Compare `with:` with `on.workflow_call.inputs` of the called workflow.',
  *find(repository) {
    for (const { job, callee } of localCalls(repository)) yield* differences(job, callee)
  },
}

function* differences({ id, item }: Job, { file, events }: Workflow): Iterable<Spot> {
  const declared = events.get('workflow_call')?.get('inputs')?.entries() ?? []
  const given = item.get('with')?.entries() ?? []
  for (const [name, value] of given)
    if (!declared.some(([known]) => known === name))
      yield { at: value.place, message: `${file} has no input '${name}'` }
  for (const [name, input] of declared) {
    const required = input.get('required')?.value === true && !input.get('default')
    if (required && !given.some(([known]) => known === name))
      yield {
        at: (item.get('uses') ?? item).place,
        message: `job ${id} does not give '${name}', which ${file} requires`,
      }
  }
}
