import { callersOf } from '../facts/calls.ts'
import { isReleaseWorkflow } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Workflow } from '../model/workflow.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const releaseCancelled: Rule = {
  id: 'release-cancelled',
  level: 'error',
  why: 'A release that is cancelled half-way has uploaded some files and not others; the index never takes the same name twice.',
  fix: "Set `cancel-in-progress: false` for everything that a release runs, or make it depend on the event: github.event_name == 'pull_request'.",
  *find(repository) {
    for (const workflow of repository.workflows) {
      const callers = callersOf(workflow, repository).filter(job => isReleaseWorkflow(job.workflow))
      const where = isReleaseWorkflow(workflow) ? workflow.file : callers[0]?.workflow.file
      if (where)
        for (const cancel of cancels(workflow))
          yield { at: cancel.place, message: `a run of ${where} can be cancelled by a newer one` }
    }
  },
}

/** Whether each run may have a group of its own, where no other run is. */
function alone(item: YamlItem): boolean {
  return /\bgithub\.run_(?:id|number)\b/.test(item.get('concurrency', 'group')?.text ?? '')
}

/** The settings that always cancel; an expression decides by the run, which is well here. */
function cancels({ root, jobs }: Workflow): YamlItem[] {
  return [root, ...jobs.map(({ item }) => item)].flatMap(item => {
    const cancel = item.get('concurrency', 'cancel-in-progress')
    return cancel?.value === true && !alone(item) ? [cancel] : []
  })
}
