import { mergeQueues } from '../facts/required-checks.ts'
import { callOfOurCi, requiredOf } from '../facts/stands-for-merging.ts'
import type { Rule } from '../finding.ts'

export const mergeGroupMissing: Rule = {
  id: 'merge-group-missing',
  level: 'error',
  why: 'A merge queue waits for the required checks of each group of pull requests. A workflow without `merge_group` is not started for one, so the queue waits until its time-out and merges nothing.',
  fix: 'Add `merge_group:` with `types: [checks_requested]` to `on:` of this workflow.',
  *find(repository) {
    if (mergeQueues(repository).length === 0) return
    for (const workflow of repository.workflows) {
      const { events, file, root } = workflow
      if (events.has('merge_group') || !(events.has('pull_request') || events.has('pull_request_target')))
        continue
      const required = requiredOf(workflow, repository)
      const call = callOfOurCi(workflow)
      if (!required && !call) continue
      const what = required ? `the check '${required}'` : `the gate of job ${call?.id}`
      yield { at: (root.get('on') ?? root).place, message: `the merge queue never gets ${what} from ${file}` }
    }
  },
}
