import { UserError } from '@tokenledger/kit'
import { courseOf, type PartCourse, type PartRule } from './part.ts'

/** The parts of a version with their rules, in the order of the groups of `parse`. */
export interface VersionScheme {
  readonly order: readonly string[]
  readonly rules: Readonly<Record<string, PartRule>>
  readonly courses: Readonly<Record<string, PartCourse>>
}

/** Values of all parts of a scheme. An optional part that the text leaves out holds its optional value. */
export type Parts = Readonly<Record<string, string>>

export function schemeOf(rules: Readonly<Record<string, PartRule>>, now: Date): VersionScheme {
  const order = Object.keys(rules)
  const courses = Object.fromEntries(
    Object.entries(rules).map(([name, rule]) => [name, courseOf(name, rule, now)]),
  )
  return { order, rules, courses }
}

/** Values as they were read, with what a part holds when the text leaves it out. */
export function completeParts(scheme: VersionScheme, read: Parts): Parts {
  const value = (name: string): string => {
    const course = courseIn(scheme, name)
    const left = scheme.rules[name]?.calverFormat === undefined ? course.optional : course.first
    return read[name] || left
  }
  return Object.fromEntries(scheme.order.map(name => [name, value(name)]))
}

/** The parts whose value differs from the optional one: a serialisation without them would lose something. */
export function requiredParts(scheme: VersionScheme, parts: Parts): string[] {
  return scheme.order.filter(name => parts[name] !== courseIn(scheme, name).optional)
}

/**
 * Raises one part. Parts that always increment are raised too; every dependent of a raised part goes back to its
 * first value unless it is independent. An unknown part is a UserError that lists the known ones.
 */
export function bumpPart(scheme: VersionScheme, parts: Parts, part: string): Parts {
  if (!scheme.order.includes(part))
    throw new UserError(
      `BUMP_PART_UNKNOWN: "${part}" is no part of this version; known are ${scheme.order.join(', ')}`,
    )
  const raise = (name: string): string => courseIn(scheme, name).after(parts[name] ?? '')
  const always = scheme.order.filter(name => scheme.rules[name]?.alwaysIncrement)
  const raised = new Map(always.map(name => [name, raise(name)]))
  const reset = new Set(
    always.filter(name => raised.get(name) !== parts[name]).flatMap(name => dependentsOf(scheme, name)),
  )
  if (!reset.has(part)) {
    raised.set(part, raise(part))
    for (const name of dependentsOf(scheme, part)) reset.add(name)
  }
  for (const name of reset) {
    const rule = scheme.rules[name]
    if (!rule?.independent && !rule?.alwaysIncrement) raised.set(name, firstOf(scheme, name))
  }
  return { ...parts, ...Object.fromEntries(raised) }
}

function firstOf(scheme: VersionScheme, name: string): string {
  const course = courseIn(scheme, name)
  return course.first || course.optional
}

/** A part depends on the one before it that is not independent, unless it names another. All that follow from it. */
function dependentsOf(scheme: VersionScheme, part: string): string[] {
  const found = new Set<string>()
  const visit = (name: string): void => {
    for (const dependent of directDependents(scheme, name))
      if (!found.has(dependent)) {
        found.add(dependent)
        visit(dependent)
      }
  }
  visit(part)
  return [...found]
}

function directDependents({ order, rules }: VersionScheme, part: string): string[] {
  let previous = order[0]
  const dependents: string[] = []
  for (const name of order.slice(1)) {
    const rule = rules[name]
    if (rule?.independent) continue
    if ((rule?.dependsOn || previous) === part) dependents.push(name)
    previous = name
  }
  return dependents
}

function courseIn(scheme: VersionScheme, name: string): PartCourse {
  const course = scheme.courses[name]
  if (!course) throw new Error(`no part ${name}`)
  return course
}
