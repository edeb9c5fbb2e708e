import { actionCall } from '../contract/calls.ts'
import { actionValueProblem } from '../contract/value-type.ts'
import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'
import { inputProblems } from './call-inputs.ts'

export const actionInputs: Rule = {
  id: 'action-inputs',
  level: 'error',
  why: 'The runner tells of an input that the action does not know by one line of the log, and it has no effect; a required one that is missing, or a word that is no switch, ends the step.',
  fix: 'Compare `with:` with `inputs:` in the description of the action (action.yml), which its README shows as a table.',
  *find(repository) {
    for (const step of allSteps(repository)) {
      const call = actionCall(step, repository)
      if (call) yield* inputProblems(call, actionValueProblem)
    }
  },
}
