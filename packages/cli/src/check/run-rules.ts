import type { Finding, Rule } from './finding.ts'
import { applyMutes, muteProblems, mutesIn, type Sorted } from './mutes.ts'
import type { Repository } from './repository.ts'

/** Everything that the rules find, by place, less what comments mute. */
export function runRules(repository: Repository, rules: readonly Rule[]): Sorted {
  const findings = eachOnce(rules.flatMap(rule => findingsOf(rule, repository)))
  const mutes = mutedFiles(repository).flatMap(path => mutesIn(path, repository.read(path) ?? ''))
  const { findings: left, muted } = applyMutes(findings, mutes)
  const problems = muteProblems(mutes, new Set(rules.map(({ id }) => id)))
  return { findings: [...left, ...problems].sort(byPlace), muted: [...muted].sort(byPlace) }
}

/** What an alias repeats stands in one place, and is mended there once. */
function eachOnce(findings: readonly Finding[]): Finding[] {
  const told = new Map(
    findings.map(finding => {
      const { path, line, column, rule, message } = finding
      return [JSON.stringify([path, line, column, rule, message]), finding]
    }),
  )
  return [...told.values()]
}

function findingsOf(rule: Rule, repository: Repository): Finding[] {
  const spots = [...rule.find(repository)]
  return spots.map(({ at, message, level, fix }) => ({
    ...at,
    rule: rule.id,
    level: level ?? rule.level,
    message,
    why: rule.why,
    fix: fix ?? rule.fix,
  }))
}

/** The files that rules look into, which are the ones whose comments count. */
function mutedFiles({ workflows, actions, dependabot, cliff, pyproject }: Repository): string[] {
  const described = [...workflows, ...actions, ...[cliff, pyproject].filter(file => file !== undefined)]
  return [...described.map(({ path }) => path), ...(dependabot ? [dependabot.file.path] : [])]
}

function byPlace(one: Finding, other: Finding): number {
  return (
    order(one.path, other.path) ||
    one.line - other.line ||
    one.column - other.column ||
    order(one.rule, other.rule)
  )
}

function order(one: string, other: string): number {
  return one < other ? -1 : Number(one > other)
}
