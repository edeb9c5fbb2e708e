import { checkNames } from '../facts/check-names.ts'
import type { Rule } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

/** The id of GitHub Actions among the apps that report checks. */
const ACTIONS_APP = 15368

export const requiredCheckUnknown: Rule = {
  id: 'required-check-unknown',
  level: 'error',
  why: 'A required check that no job produces stays at "Expected" for ever, and no pull request can be merged.',
  fix: 'Use the name of a job as its check shows it: `name:` and not the id, `caller / called` for called workflows, one for each leg of a matrix. Best require one gate job.',
  *find(repository) {
    const names = checkNames(repository)
    for (const ruleset of repository.rulesets)
      for (const check of requiredChecks(ruleset)) {
        const context = check.get('context')
        const app = check.get('integration_id')?.value ?? undefined
        if (!context || (app ?? ACTIONS_APP) !== ACTIONS_APP || names.some(fits => fits(context.text)))
          continue
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

function requiredChecks(ruleset: YamlItem): YamlItem[] {
  const rules = ruleset.get('rules')?.elements() ?? []
  return rules.flatMap(
    rule =>
      (rule.get('type')?.text === 'required_status_checks' &&
        rule.get('parameters', 'required_status_checks')?.elements()) ||
      [],
  )
}
