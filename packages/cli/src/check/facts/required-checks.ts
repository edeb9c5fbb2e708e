import type { YamlItem } from '../model/yaml-item.ts'
import type { Repository } from '../repository.ts'

/** The id of GitHub Actions among the apps that report checks. */
export const ACTIONS_APP = 15368

/** What the rulesets of a repository require, each an item with `context` and perhaps `integration_id`. */
export function requiredChecks({ rulesets }: Repository): YamlItem[] {
  return rulesOfType(rulesets, 'required_status_checks').flatMap(
    rule => rule.get('parameters', 'required_status_checks')?.elements() ?? [],
  )
}

/** The rules that turn a merge queue on. */
export function mergeQueues({ rulesets }: Repository): YamlItem[] {
  return rulesOfType(rulesets, 'merge_queue')
}

function rulesOfType(rulesets: readonly YamlItem[], type: string): YamlItem[] {
  const active = rulesets.filter(ruleset => ruleset.get('enforcement')?.text !== 'disabled')
  return active
    .flatMap(ruleset => ruleset.get('rules')?.elements() ?? [])
    .filter(rule => rule.get('type')?.text === type)
}
