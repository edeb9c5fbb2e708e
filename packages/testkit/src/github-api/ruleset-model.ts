import { nodeId } from './models.ts'
import type { Rule, Ruleset, World } from './world.ts'

/** What GitHub adds to the parameters of a rule. */
const ADDED: Readonly<Record<string, object>> = {
  pull_request: { required_reviewers: [], allowed_merge_methods: ['merge', 'squash', 'rebase'] },
  required_status_checks: { do_not_enforce_on_create: false },
}

/** A rule as GitHub keeps it. */
export function ruleModel({ type, parameters }: Rule): Rule {
  const added = ADDED[type]
  return added || parameters ? { type, parameters: { ...added, ...parameters } } : { type }
}

/** A ruleset as lists have it. */
export function rulesetModel(world: World, ruleset: Ruleset): object {
  const { owner, name, repositoryUrl, htmlUrl } = world
  const { id, target, enforcement, createdAt, updatedAt } = ruleset
  return {
    id,
    name: ruleset.name,
    target,
    source_type: 'Repository',
    source: `${owner}/${name}`,
    enforcement,
    node_id: nodeId('RepositoryRuleset', id),
    _links: {
      self: { href: `${repositoryUrl}/rulesets/${id}` },
      html: { href: `${htmlUrl}/rules/${id}` },
    },
    created_at: createdAt,
    updated_at: updatedAt,
  }
}
