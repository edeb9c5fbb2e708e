import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

const CHECKS =
  /\b(?:bandit|pip-audit|ruff|mypy|pytest|twine check|npm (?:run lint|test|audit))\b[^\n]*\|\|\s*(?:true|:|exit 0)/

export const hiddenFailure: Rule = {
  id: 'hidden-failure',
  level: 'warning',
  why: 'With `|| true` the job is green whatever it finds, also when the tool could not run at all.',
  fix: 'Remove it, and exclude single findings in the settings of the tool with a reason.',
  *find(repository) {
    for (const step of allSteps(repository))
      for (const { at, match } of step.commands(CHECKS))
        yield { at, message: `the failure of \`${match[0].replace(/\s*\|\|.*/, '').trim()}\` is thrown away` }
  },
}
