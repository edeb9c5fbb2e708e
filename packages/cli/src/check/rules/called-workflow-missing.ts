import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const calledWorkflowMissing: Rule = {
  id: 'called-workflow-missing',
  level: 'error',
  why: 'A call of a workflow that is not there makes the calling workflow invalid: no job of it starts.',
  fix: 'Correct the path. Called workflows stand directly in .github/workflows, not in a folder below it.',
  *find(repository) {
    for (const { id, item, uses } of allJobs(repository)) {
      const at = item.get('uses')?.place
      if (!at || uses?.kind !== 'local') continue
      if (!/^\.github\/workflows\/[^/]+\.ya?ml$/.test(uses.path))
        yield { at, message: `job ${id} calls ${uses.path}, which is no file directly in .github/workflows` }
      else if (repository.read(uses.path) === undefined)
        yield { at, message: `job ${id} calls ${uses.path}, which does not exist` }
    }
  },
}
