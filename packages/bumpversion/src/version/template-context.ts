import { UserError } from '@tokenledger/kit'
import type { Value } from '../format/format-value.ts'
import { TemplateError } from '../format/template-error.ts'

/** What the repository is at, under the names that templates use; a field left out is not known here. */
export interface ScmFacts {
  readonly commit_sha?: string
  readonly short_commit_sha?: string
  readonly distance_to_latest_tag?: number
  /** The version of the latest tag: what `current_version` falls back to. */
  readonly current_version?: string
  readonly current_tag?: string
  readonly branch_name?: string
  readonly short_branch_name?: string
  readonly repository_root?: string
  readonly dirty?: boolean
}

/** All that a bump takes from outside, as plain data. */
export interface BumpContext {
  /** The clock. CalVer and `{now}` show it in the local zone of the process, `{utcnow}` in UTC. */
  readonly now: Date
  /** Variables that templates may use as `{$NAME}`. */
  readonly env: Readonly<Record<string, string>>
  readonly scm?: ScmFacts
}

/** The names that a template may use. */
export interface TemplateContext {
  has(name: string): boolean
  /** The value of a name; `TemplateError` when it has none. */
  value(name: string): Value
}

const SCM_FIELDS: readonly (keyof ScmFacts)[] = [
  'commit_sha',
  'short_commit_sha',
  'distance_to_latest_tag',
  'current_version',
  'current_tag',
  'branch_name',
  'short_branch_name',
  'repository_root',
  'dirty',
]

/** A variable of this name would put a secret into a file that is committed. */
const SECRET_NAME = /TOKEN|SECRET|PASSW|PRIVATE|CREDENTIAL|API_?KEY|ACCESS_?KEY|_PAT$|_KEY$/i

/** `own` (versions and their parts) over the clock, the environment and the repository. */
export function templateContext(context: BumpContext, own: Readonly<Record<string, Value>>): TemplateContext {
  const given: Readonly<Record<string, Value | undefined>> = {
    '#': '#',
    ';': ';',
    ...Object.fromEntries(SCM_FIELDS.map(name => [name, undefined])),
    distance_to_latest_tag: 0,
    ...context.scm,
    ...Object.fromEntries(Object.entries(context.env).map(([name, value]) => [`$${name}`, value])),
    now: { at: context.now, utc: false },
    utcnow: { at: context.now, utc: true },
    ...own,
  }
  const has = (name: string): boolean => Object.hasOwn(given, name)
  return { has, value: name => lookUp(name, given) }
}

function lookUp(name: string, given: Readonly<Record<string, Value | undefined>>): Value {
  if (name.startsWith('$') && SECRET_NAME.test(name))
    throw new UserError(
      `BUMP_SECRET: a template uses {${name}}, which looks like a secret; it would be written into a file. Take the variable out of the template.`,
    )
  const value = Object.hasOwn(given, name) ? given[name] : undefined
  if (value === undefined)
    throw new TemplateError(
      name.startsWith('$') ? `the variable ${name} is not set` : `{${name}} is not known here`,
    )
  return value
}
