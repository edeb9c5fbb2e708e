import { calleeOf } from '../facts/calls.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const notCallable: Rule = {
  id: 'not-callable',
  level: 'error',
  why: 'GitHub refuses the calling workflow as invalid when the called one does not declare `workflow_call`: no job of it starts.',
  fix: 'Add `workflow_call:` under `on:` of the called workflow.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const callee = calleeOf(job, repository)
      const uses = job.item.get('uses')
      if (callee && uses && !callee.events.has('workflow_call'))
        yield {
          at: uses.place,
          message: `job ${job.id} calls ${callee.file}, which has no \`workflow_call\``,
        }
    }
  },
}
