/** Errors by field, as Django REST framework answers them. */
export type FieldErrors = Readonly<Record<string, readonly string[]>>
type Body = Readonly<Record<string, unknown>>
type Rule = (value: unknown) => string | undefined

const NULL = 'This field may not be null.'
const MOST_NAME_CHARACTERS = 100

const text: Rule = value => {
  if (value === null || value === undefined) return NULL
  return typeof value === 'string' ? undefined : 'Not a valid string.'
}
const required: Rule = value => (value === undefined ? 'This field is required.' : text(value))
const orNull =
  (rule: Rule): Rule =>
  value =>
    value === null || value === undefined ? undefined : rule(value)

/** CharField(max_length=100). */
const name = orNull(
  value =>
    text(value) ??
    ([...(value as string)].length > MOST_NAME_CHARACTERS
      ? `Ensure this field has no more than ${MOST_NAME_CHARACTERS} characters.`
      : undefined),
)
const flags: Rule = value => {
  if (value === null || value === undefined) return NULL
  if (!Array.isArray(value)) return `Expected a list of items but got type "${typeof value}".`
  return value.map(text).find(Boolean)
}
const code: Rule = value =>
  value === null || value === undefined || value === 'default'
    ? undefined
    : 'Using a non-default `code` has been deprecated'

const COMMIT: Readonly<Record<string, Rule>> = {
  commitid: required,
  branch: orNull(text),
  parent_commit_id: orNull(text),
  // An integer field: a number and its digits are taken alike.
  pullid: orNull(value => (/^\d+$/.test(String(value)) ? undefined : 'A valid integer is required.')),
}
const REPORT: Readonly<Record<string, Rule>> = { code }
const UPLOAD: Readonly<Record<string, Rule>> = {
  ci_service: text,
  ci_url: orNull(text),
  flags,
  job_code: orNull(text),
  name,
  version: text,
}

export const commitErrors = (body: Body): FieldErrors | undefined => check(body, COMMIT)
export const reportErrors = (body: Body): FieldErrors | undefined => check(body, REPORT)

/**
 * Errors of an upload's fields. `upload-coverage` hands each field on whether it was sent or not, so a field that is left out
 * counts as null there; `/uploads` only checks what was sent.
 */
export function uploadErrors(body: Body, missing: 'null' | 'skipped'): FieldErrors | undefined {
  const rules = Object.entries(UPLOAD).filter(([field]) => missing === 'null' || field in body)
  return check(body, Object.fromEntries(rules))
}

function check(body: Body, rules: Readonly<Record<string, Rule>>): FieldErrors | undefined {
  const errors = Object.entries(rules).flatMap(([field, rule]) => {
    const problem = rule(body[field])
    return problem ? [[field, [problem]] as const] : []
  })
  return errors.length > 0 ? Object.fromEntries(errors) : undefined
}
