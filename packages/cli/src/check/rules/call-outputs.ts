import { actionCall, type Call, spotIn, workflowCall } from '../contract/calls.ts'
import type { Contract } from '../contract/contract.ts'
import { nearestHint } from '../contract/nearest.ts'
import type { Rule, Spot } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'

export const callOutputs: Rule = {
  id: 'call-outputs',
  level: 'error',
  why: 'An output that does not exist is an empty text, without a word: a condition is then never met, and an input has its default.',
  fix: 'Use a name under `outputs:` of what is called.',
  *find(repository) {
    for (const { root, jobs } of repository.workflows) {
      for (const job of jobs) {
        const call = workflowCall(job, repository)
        if (call) yield* unknownOutputs(root, ['needs', 'jobs'], job.id, call)
        yield* ofSteps(job.item, job.steps, repository)
      }
    }
    for (const { root, steps } of repository.actions) yield* ofSteps(root, steps, repository)
  },
}

function* ofSteps(scope: YamlItem, steps: readonly Step[], repository: Repository): Iterable<Spot> {
  for (const step of steps) {
    const id = step.item.get('id')?.text
    const call = id && actionCall(step, repository)
    if (call) yield* unknownOutputs(scope, ['steps'], id, call)
  }
}

function* unknownOutputs(
  scope: YamlItem,
  contexts: readonly string[],
  id: string,
  call: Call<Contract>,
): Iterable<Spot> {
  const { outputs } = call.contract
  const read = new RegExp(
    `\\b(?:${contexts.join('|')})\\.${id.replace(/\W/g, '\\$&')}\\.outputs\\.([\\w-]+)`,
    'gi',
  )
  for (const { match, at } of scope.findOutsideComments(read)) {
    const name = match[1] ?? ''
    if (!outputs.some(known => known.toLowerCase() === name.toLowerCase()))
      yield spotIn(call, { at, message: `${call.name} has no output '${name}'${nearestHint(name, outputs)}` })
  }
}
