import { relative, resolve, sep } from 'node:path'
import * as core from '@actions/core'
import { UserError } from './user-error.ts'

/** The input's value with white space trimmed, or `fallback` when it is empty or not given. */
export function optional(name: string, fallback = ''): string {
  return core.getInput(name) || fallback
}

/** The input's value; a missing or empty one is a UserError that names it. */
export function required(name: string): string {
  const value = core.getInput(name)
  if (!value) throw new UserError(`Input ${name} is required and was not given.`)
  return value
}

/** One of a closed set of words; another one is a UserError that lists them. */
export function oneOf<const T extends string>(name: string, allowed: readonly T[], fallback: T): T {
  const value = core.getInput(name)
  if (!value) return fallback
  if ((allowed as readonly string[]).includes(value)) return value as T
  throw new UserError(`Input ${name} is "${value}"; allowed: ${allowed.join(', ')}.`)
}

/** `true` or `false`, nothing else, so that a typo never means "no". */
export function flag(name: string, fallback: boolean): boolean {
  return oneOf(name, ['true', 'false'], fallback ? 'true' : 'false') === 'true'
}

/** Words separated by commas, white space or new lines, each once, in order of first appearance. */
export function list(name: string): string[] {
  return [
    ...new Set(
      core
        .getInput(name)
        .split(/[\s,]+/)
        .filter(Boolean),
    ),
  ]
}

/** A whole number of at least `minimum`. */
export function wholeNumber(name: string, fallback: number, minimum = 0): number {
  const value = core.getInput(name)
  if (!value) return fallback
  if (/^\d+$/.test(value) && Number(value) >= minimum) return Number(value)
  throw new UserError(`Input ${name} is "${value}"; give a whole number of at least ${minimum}.`)
}

/** The value; `''` where it is `none`. */
export function orNone(name: string, fallback: string): string {
  const value = optional(name, fallback)
  return value === 'none' ? '' : value
}

/** A folder within `workspace` (absolute), relative to it and with forward slashes; `''` for the workspace itself. */
export function folder(name: string, workspace: string): string {
  const given = optional(name, '.')
  const inside = relative(workspace, resolve(workspace, given))
  if (!inside.startsWith('..') && resolve(workspace, inside) === resolve(workspace, given)) {
    return inside.split(sep).join('/')
  }
  throw new UserError(
    `Input ${name} is "${given}", which leaves the repository. Give a folder of the package in it.`,
  )
}
