import { pushesToDefault } from '../facts/git-push.ts'
import type { Rule } from '../finding.ts'
import type { Job } from '../model/workflow.ts'

export const pushFromAnyBranch: Rule = {
  id: 'push-from-any-branch',
  level: 'warning',
  why: 'A run by hand is at the branch that a person chose. What is committed there and pushed to the default branch brings that branch along, or pushes nothing of it.',
  fix: 'Check out the default branch by `ref:`, or let the job run only there: `if: github.ref_name == github.event.repository.default_branch`.',
  *find({ workflows }) {
    for (const { events, jobs } of workflows) {
      if (!events.has('workflow_dispatch')) continue
      for (const job of jobs.filter(candidate => !boundToBranch(candidate)))
        for (const { at } of pushesToDefault(job))
          yield { at, message: `job ${job.id} runs on any branch and pushes to the default one` }
    }
  },
}

function boundToBranch({ item, steps }: Job): boolean {
  const condition = item.get('if')?.text ?? ''
  return (
    /github\.ref(?:_name)?\b/.test(condition) ||
    steps.some(step => step.action === 'actions/checkout' && step.with('ref') !== undefined)
  )
}
