import { callersOf } from '../facts/calls.ts'
import { isReleaseWorkflow } from '../facts/releasing.ts'
import type { Level, Rule } from '../finding.ts'
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
          yield {
            at: cancel.setting.place,
            level: cancel.level,
            message: `a run of ${where} can be cancelled by a newer one`,
          }
    }
  },
}

/** The settings that always cancel; an expression decides by the run, which is well here. */
function cancels({ root, jobs }: Workflow): { readonly setting: YamlItem; readonly level: Level }[] {
  return [root, ...jobs.map(({ item }) => item)].flatMap(item => {
    const setting = item.get('concurrency', 'cancel-in-progress')
    const group = item.get('concurrency', 'group')?.text ?? ''
    // A run with a group of its own has no other there; one of a tag or a commit only what is started at the same again.
    if (setting?.value !== true || /\bgithub\.run_(?:id|number)\b/.test(group)) return []
    const level = /\bgithub\.(?:ref(?:_name)?|sha)\b/.test(group) ? 'warning' : 'error'
    return [{ setting, level }]
  })
}
