import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const missingTimeout: Rule = {
  id: 'missing-timeout',
  level: 'warning',
  why: 'A job that hangs is stopped after six hours, which are paid for, and holds its concurrency group so long.',
  fix: 'Add `timeout-minutes:` with about three times what the job takes.',
  *find(repository) {
    for (const { id, item, uses, steps } of allJobs(repository)) {
      const everyStep = steps.length > 0 && steps.every(step => step.item.get('timeout-minutes'))
      if (!uses && !item.get('timeout-minutes') && !everyStep)
        yield { at: item.place, message: `job ${id} has no timeout-minutes` }
    }
  },
}
