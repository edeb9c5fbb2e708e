import { spotIn, type WorkflowCall, workflowCall } from '../contract/calls.ts'
import { permissionsOf, type Right, rightOf } from '../facts/permissions.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule, Spot } from '../finding.ts'

const RANK = { none: 0, read: 1, write: 2 }

export const callPermissions: Rule = {
  id: 'call-permissions',
  level: 'error',
  why: 'A called job cannot have more rights than the job that calls it; asking for more ends the whole run at its start.',
  fix: 'Grant the right in `permissions:` of the calling job, or take it from the called one.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const call = workflowCall(job, repository)
      if (call) yield* lacking(call)
    }
  },
}

function* lacking(call: WorkflowCall): Iterable<Spot> {
  const { job, uses, name, contract } = call
  const { events } = job.workflow
  const granted = permissionsOf(job)
  // Who is only called, and says nothing, has what its own caller grants.
  if (!granted && events.size === 1 && events.has('workflow_call')) return
  for (const { job: asking, scope, right } of contract.permissions) {
    // Where nothing is said, the settings of the repository decide; they never grant a sign-in.
    const has: Right | undefined = rightOf(granted, scope) ?? (scope === 'id-token' ? 'none' : undefined)
    if (has === undefined || RANK[right] <= RANK[has]) continue
    const who = asking === undefined ? name : `job ${asking} of ${name}`
    const message = `${who} asks for '${scope}: ${right}', but job ${job.id} grants '${scope}: ${has}'`
    yield spotIn(call, { at: uses.place, message })
  }
}
