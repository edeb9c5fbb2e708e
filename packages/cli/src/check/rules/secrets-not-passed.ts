import { spotIn, type WorkflowCall, workflowCall } from '../contract/calls.ts'
import { nearestHint } from '../contract/nearest.ts'
import { calleeOf } from '../facts/calls.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule, Spot } from '../finding.ts'
import type { Workflow } from '../model/workflow.ts'

export const secretsNotPassed: Rule = {
  id: 'secrets-not-passed',
  level: 'error',
  why: 'A called workflow gets only the secrets that its caller passes on; any other is an empty text there, without a word.',
  fix: 'Declare it under `on.workflow_call.secrets` of the called workflow and pass it by `secrets:` of the calling job.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      if (job.item.get('secrets')?.text === 'inherit') continue
      const call = workflowCall(job, repository)
      if (call) yield* lacking(call, usedIn(calleeOf(job, repository)))
    }
  },
}

/** The secrets that a workflow of this repository uses; the token of the job comes by itself. */
function usedIn(callee: Workflow | undefined): string[] {
  const found = callee?.root.findOutsideComments(/\bsecrets\.([A-Za-z_][\w-]*)/g) ?? []
  const names = found.map(({ match }) => match[1] ?? '')
  return [...new Set(names)].filter(name => name.toLowerCase() !== 'github_token')
}

function* lacking(call: WorkflowCall, used: readonly string[]): Iterable<Spot> {
  const { job, uses, name: callee, contract } = call
  const { secrets, requiredSecrets } = contract
  const given = job.item.get('secrets')?.entries() ?? []
  const passed = given.map(([name]) => name)
  const undeclared = used.filter(name => !has(secrets, name))
  for (const name of new Set([...undeclared, ...requiredSecrets]))
    if (!has(passed, name)) {
      const message = `job ${job.id} does not pass secret ${name}, which ${callee} ${has(used, name) ? 'uses' : 'requires'}`
      yield spotIn(call, { at: uses.place, message })
    }
  for (const [name, { place }] of given)
    if (!has(secrets, name)) {
      const message = `${callee} declares no secret '${name}'${nearestHint(name, secrets)}`
      yield spotIn(call, { at: place, message })
    }
}

/** GitHub does not tell capitals in the names of secrets. */
function has(names: readonly string[], wanted: string): boolean {
  return names.some(name => name.toLowerCase() === wanted.toLowerCase())
}
