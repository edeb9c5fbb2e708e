import { callOfOurCi, requiredOf } from '../facts/stands-for-merging.ts'
import type { Rule } from '../finding.ts'

export const pathFilter: Rule = {
  id: 'path-filter',
  level: 'error',
  why: 'A workflow that its filter of paths does not start reports nothing, and a required check that is not reported stays at "Expected" for ever: pull requests of other files cannot be merged.',
  fix: 'Remove `paths` and `paths-ignore` from the pull requests of this workflow. Leave out jobs instead: a skipped job counts as passed. Our ci.yml does it by `skip-unaffected: true`.',
  *find(repository) {
    for (const workflow of repository.workflows) {
      const filters = ['pull_request', 'pull_request_target'].flatMap(event =>
        ['paths', 'paths-ignore'].flatMap(name => workflow.events.get(event)?.get(name) ?? []),
      )
      if (filters.length === 0) continue
      const required = requiredOf(workflow, repository)
      const call = callOfOurCi(workflow)
      const message = required
        ? `pull requests of other files never get the check '${required}', which a ruleset requires`
        : call &&
          `pull requests of other files never get the checks of job ${call.id}, so that its gate cannot be required`
      if (!message) continue
      for (const { place } of filters)
        yield required ? { at: place, message } : { at: place, level: 'warning', message }
    }
  },
}
