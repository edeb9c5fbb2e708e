import { UserError } from '@tokenledger/kit'
import { integerOf } from '../format/format-spec.ts'
import { calverText } from './calver.ts'

/** How one part of a version is configured (`[tool.bumpversion.parts.<name>]`). */
export interface PartRule {
  readonly values?: readonly string[]
  readonly optionalValue?: string
  readonly firstValue?: string
  readonly independent: boolean
  readonly alwaysIncrement: boolean
  readonly calverFormat?: string
  readonly dependsOn?: string
}

/** How a part starts, which value may be left out of the version, and what comes after a value. */
export interface PartCourse {
  readonly first: string
  readonly optional: string
  after(value: string): string
}

export const PLAIN_PART: PartRule = { independent: false, alwaysIncrement: false }

/** No value of a CalVer part may be left out. */
const NEVER = '\0'

/** The course of a part; UserError `BUMP_CONFIG_INVALID` for a rule that makes no sense. */
export function courseOf(name: string, rule: PartRule, now: Date): PartCourse {
  if (rule.values && rule.values.length > 0) return valuesCourse(name, rule.values, rule)
  if (rule.calverFormat !== undefined) {
    const today = calverText(rule.calverFormat, now)
    return { first: today, optional: NEVER, after: () => today }
  }
  return numericCourse(name, rule)
}

function valuesCourse(name: string, values: readonly string[], rule: PartRule): PartCourse {
  const start = values[0] ?? ''
  const optional = rule.optionalValue ?? start
  const first = rule.firstValue || start
  for (const [key, value] of [['optional_value', optional] as const, ['first_value', first] as const])
    if (!values.includes(value))
      throw invalid(`${key} "${value}" of part ${name} is not one of ${list(values)}`)
  const after = (value: string): string => {
    const at = values.indexOf(value)
    if (at < 0)
      throw new UserError(
        `BUMP_PART_EXHAUSTED: part ${name} is "${value}", which is not one of ${list(values)}`,
      )
    const next = values[at + 1]
    if (next === undefined)
      throw new UserError(
        `BUMP_PART_EXHAUSTED: part ${name} is already at the last of ${list(values)}; bump another part`,
      )
    return next
  }
  return { first, optional, after }
}

/** The first number in the text, with an optional sign; what stands around it stays (`r3` → `r4`). */
const FIRST_NUMBER = /([^-0-9]*)(-?[0-9]+)(.*)/

function numericCourse(name: string, rule: PartRule): PartCourse {
  const first = rule.firstValue || '0'
  if (!FIRST_NUMBER.test(first)) throw invalid(`first_value "${first}" of part ${name} holds no digit`)
  const after = (value: string): string => {
    const match = FIRST_NUMBER.exec(value)
    if (!match)
      throw new UserError(`BUMP_PART_EXHAUSTED: part ${name} is "${value}", which holds no digit to raise`)
    const lowest = integerOf(first)
    if (lowest === undefined) throw invalid(`first_value "${first}" of part ${name} must be a whole number`)
    const number = BigInt(match[2] ?? 0)
    if (number < lowest)
      throw new UserError(
        `BUMP_PART_EXHAUSTED: part ${name} is ${value}, which is below its first_value ${first}`,
      )
    return `${match[1]}${number + 1n}${match[3]}`
  }
  return { first, optional: rule.optionalValue || first, after }
}

function invalid(words: string): UserError {
  return new UserError(`BUMP_CONFIG_INVALID: ${words}`)
}

function list(values: readonly string[]): string {
  return values.map(value => `"${value}"`).join(', ')
}
