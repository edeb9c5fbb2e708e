import type { FieldChange, RulesetWish } from '@tokenledger/github'
import type { PullRequestChecks } from '../workflows/pull-request-checks.ts'
import { type Difference, differences, itemsOf, type Plan } from './plan.ts'

/** What `protect` has to say about a repository. */
export interface Report {
  readonly repository: string
  readonly plan: Plan
  readonly checks: PullRequestChecks
  /** Whether the plan was carried out. */
  readonly applied: boolean
}

export function textReport({ repository, plan, checks, applied }: Report): string {
  const count = differences(plan)
  const lines = itemsOf(plan).flatMap(({ title, difference }) => [
    `${difference.kind.padEnd(6)}  ${title}`,
    ...detailsOf(difference).map(line => `          ${line}`),
  ])
  return [
    repository,
    ...lines,
    ...plan.untouched.map(name => `other   ruleset "${name}" is left as it is`),
    ...checkLines(checks),
    ...(applied ? [] : approvalLines(plan)),
    '',
    verdict(count, applied),
  ].join('\n')
}

export function jsonReport({ repository, plan, checks, applied }: Report): string {
  const items = itemsOf(plan).map(({ title, difference }) => ({ title, ...difference }))
  return JSON.stringify({ repository, applied, items, untouched: plan.untouched, checks }, null, 2)
}

/** Which checks are required, or cannot be, and why. */
export function checkLines({ required, notRequired }: PullRequestChecks): string[] {
  const none = 'no check is required, as no workflow here gives one to every pull request'
  return [
    ...(required.length === 0 ? [`checks  ${none}`] : []),
    ...required.map(({ name, file }) => `check   ${name} (${file})`),
    ...notRequired.map(({ name, file, why }) => `no      ${name} (${file}) is not required: ${why}`),
  ]
}

/** Nobody is let through, so one who is alone could merge nothing any more. */
function approvalLines({ rulesets }: Plan): string[] {
  const planned = rulesets.filter(({ difference }) => difference.kind !== 'equal')
  const counts = planned.flatMap(({ ruleset }) =>
    ruleset.rules.map(({ parameters }) => Number(Object(parameters).required_approving_review_count ?? 0)),
  )
  const most = Math.max(0, ...counts)
  return most === 0
    ? []
    : [
        `note    every pull request will need ${most === 1 ? 'an approval' : `${most} approvals`} of others; who works alone gives --reviews 0`,
      ]
}

function verdict(count: number, applied: boolean): string {
  if (count === 0) return 'Nothing to do: the repository is protected as planned.'
  const settings = `${count} ${count === 1 ? 'setting' : 'settings'}`
  return applied ? `Done: ${settings} changed.` : `${settings} to change; --apply does it.`
}

function detailsOf(difference: Difference): string[] {
  if (difference.kind === 'equal') return []
  if (difference.kind === 'create') return rulesOf(difference.to)
  return difference.changes.map(
    ({ field, from, to }: FieldChange) => `${field}: ${shown(from)} → ${shown(to)}`,
  )
}

function rulesOf({ conditions, bypass_actors, rules }: RulesetWish): string[] {
  const parameters = (of: object = {}) =>
    Object.entries(of).map(([name, value]) => `  ${name}: ${shown(value)}`)
  return [
    `for ${conditions.ref_name.include.join(', ')}; ${bypass_actors.length === 0 ? 'nobody passes by' : `passed by ${shown(bypass_actors)}`}`,
    ...rules.flatMap(rule => [rule.type, ...parameters(rule.parameters)]),
  ]
}

/** A value in a line: checks by their names, roles by theirs. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return value.length === 0 ? 'nobody' : value.map(shown).join(', ')
  if (typeof value !== 'object' || value === null) return String(value)
  if ('context' in value) return String(value.context)
  if ('actor_type' in value && 'actor_id' in value) return `${value.actor_type} ${value.actor_id}`
  return JSON.stringify(value)
}
