import type { Rule, Ruleset, RulesetWish } from './ruleset.ts'

/** A part of a setting that is not as it should be; absent on one side means that it is not there. */
export interface FieldChange {
  /** `enforcement`, `pull_request.required_approving_review_count` */
  readonly field: string
  readonly from?: unknown
  readonly to?: unknown
}

/**
 * What has to change in a ruleset. Parameters that the wish does not name, such as those that GitHub adds, are as good as they
 * are; a rule that it does not name has to go. Lists of names are sets.
 */
export function changedFields(wish: RulesetWish, live: Ruleset): FieldChange[] {
  const { include = [], exclude = [] } = live.conditions?.ref_name ?? {}
  return [
    ...changed('target', live.target, wish.target),
    ...changed('enforcement', live.enforcement, wish.enforcement),
    ...changed('bypass_actors', live.bypass_actors?.map(known), wish.bypass_actors.map(known)),
    ...changed('include', include, wish.conditions.ref_name.include),
    ...changed('exclude', exclude, wish.conditions.ref_name.exclude),
    ...changedRules(wish.rules, live.rules ?? []),
  ]
}

/** GitHub says `always` where nothing was said. */
function known({
  actor_id,
  actor_type,
  bypass_mode = 'always',
}: NonNullable<Ruleset['bypass_actors']>[number]) {
  return { actor_id, actor_type, bypass_mode }
}

function changedRules(wanted: readonly Rule[], live: readonly Rule[]): FieldChange[] {
  const types = new Set([...wanted, ...live].map(({ type }) => type))
  return [...types].flatMap(type => {
    const [to, from] = [wanted, live].map(rules => rules.find(rule => rule.type === type))
    if (!to) return [{ field: type, from: from?.parameters ?? true }]
    if (!from) return [{ field: type, to: to.parameters ?? true }]
    return Object.entries(to.parameters ?? {}).flatMap(([name, value]) =>
      changed(`${type}.${name}`, from.parameters?.[name], value),
    )
  })
}

function changed(field: string, from: unknown, to: unknown): FieldChange[] {
  if (canonical(from) === canonical(to)) return []
  return [from === undefined ? { field, to } : { field, from, to }]
}

/** The same text for the same content, in whatever order. */
function canonical(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonical).sort().join()}]`
  if (typeof value !== 'object' || value === null) return JSON.stringify(value) ?? ''
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  return `{${entries
    .map(([key, part]) => `${key}:${canonical(part)}`)
    .sort()
    .join()}}`
}
