import { checkNames } from '../facts/check-names.ts'
import { ACTIONS_APP, requiredChecks } from '../facts/required-checks.ts'
import type { Rule } from '../finding.ts'

export const requiredCheckUnknown: Rule = {
  id: 'required-check-unknown',
  level: 'error',
  why: 'A required check that no job produces stays at "Expected" for ever, and no pull request can be merged.',
  fix: 'Use the name of a job as its check shows it: `name:` and not the id, `caller / called` for called workflows, one for each leg of a matrix. Best require one gate job.',
  *find(repository) {
    const names = checkNames(repository)
    for (const check of requiredChecks(repository)) {
      const context = check.get('context')
      const app = check.get('integration_id')?.value ?? undefined
      if (!context || (app ?? ACTIONS_APP) !== ACTIONS_APP || names.some(fits => fits(context.text))) continue
      const message = `no job reports a check '${context.text}' to pull requests`
      if (app === ACTIONS_APP) yield { at: context.place, message }
      else
        yield {
          at: context.place,
          level: 'warning',
          message: `${message}; if another app does, name it by integration_id`,
        }
    }
  },
}
