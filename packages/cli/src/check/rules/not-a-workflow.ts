import type { Rule } from '../finding.ts'
import { syntaxErrors } from '../model/yaml-item.ts'

export const notAWorkflow: Rule = {
  id: 'not-a-workflow',
  level: 'error',
  why: 'GitHub takes every file of .github/workflows for a workflow, and shows one that is none as a failed run after each push.',
  fix: 'Move notes and settings out of .github/workflows; rules for branches and tags belong to .github/rulesets.',
  *find({ workflows }) {
    for (const { root, events, jobs, file } of workflows) {
      if (syntaxErrors(root.file).length > 0) continue
      const lacking = [...(events.size === 0 ? ['`on`'] : []), ...(jobs.length === 0 ? ['`jobs`'] : [])]
      if (lacking.length > 0) yield { at: root.place, message: `${file} has no ${lacking.join(' and no ')}` }
    }
  },
}
