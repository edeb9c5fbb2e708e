import { isReleaseWorkflow, pushesByGit } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Workflow } from '../model/workflow.ts'

export const noConcurrency: Rule = {
  id: 'no-concurrency',
  level: 'warning',
  why: 'Two runs at once of what pushes or publishes race: both find that nothing is there yet, and both write.',
  fix: 'Add `concurrency:` with a group of a word of its own and `cancel-in-progress: false`.',
  *find({ workflows }) {
    for (const workflow of workflows) {
      if (!isReleaseWorkflow(workflow) && !pushesByGit(workflow)) continue
      if (onlyCalled(workflow) || grouped(workflow)) continue
      const at = (workflow.root.get('name') ?? workflow.root).place
      yield { at, message: `${workflow.file} pushes or publishes, and two runs of it may do so at once` }
    }
  },
}

function onlyCalled({ events }: Workflow): boolean {
  return events.size === 1 && events.has('workflow_call')
}

function grouped({ root, jobs }: Workflow): boolean {
  return (
    root.get('concurrency') !== undefined || jobs.some(({ item }) => item.get('concurrency') !== undefined)
  )
}
