import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

const ALLOWED = ['name', 'uses', 'with', 'secrets', 'strategy', 'needs', 'if', 'concurrency', 'permissions']

export const callKeys: Rule = {
  id: 'call-keys',
  level: 'error',
  why: 'A job that calls a workflow has few keys; with any other GitHub refuses the whole file.',
  fix: `Move it into the called workflow, or pass it as an input. Allowed are ${ALLOWED.join(', ')}.`,
  *find(repository) {
    for (const { id, item, uses } of allJobs(repository)) {
      if (!uses) continue
      for (const [key, value] of item.entries())
        if (!ALLOWED.includes(key))
          yield { at: value.place, message: `job ${id} calls a workflow and must not have \`${key}\`` }
    }
  },
}
