import { normalizeName, requirementName } from '../names.ts'
import type { Pyproject } from '../pyproject.ts'
import { type InstallSet, requirementsOf } from '../requirements.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface InstallFindings {
  readonly 'lint-extras': Finding<readonly string[]>
  readonly 'lint-groups': Finding<readonly string[]>
  readonly 'types-extras': Finding<readonly string[]>
  readonly 'types-groups': Finding<readonly string[]>
  readonly 'test-extras': Finding<readonly string[]>
  readonly 'test-groups': Finding<readonly string[]>
  readonly 'coverage-tool': Finding<string>
}

interface Choice {
  readonly extras: Finding<readonly string[]>
  readonly groups: Finding<readonly string[]>
}

/** Names that say what a set is for; they win over a set that happens to hold the same tool. */
const PURPOSE = {
  lint: { tool: 'ruff', names: /^(lint|linting|style|format|quality|ruff)$/ },
  types: { tool: 'mypy', names: /^(types?|typing|type-check|typecheck|mypy)$/ },
  test: { tool: 'pytest', names: /^(tests?|testing|unit|pytest)$/ },
} as const

/** What to install for each job: the extra or group that holds its tool, and the extras that the code imports from. */
export function installFindings(project: Project): InstallFindings {
  const lint = choice(project, 'lint', false)
  const types = choice(project, 'types', true)
  const test = choice(project, 'test', true)
  return {
    'lint-extras': lint.extras,
    'lint-groups': lint.groups,
    'types-extras': types.extras,
    'types-groups': types.groups,
    'test-extras': test.extras,
    'test-groups': test.groups,
    'coverage-tool': coverageTool(project.pyproject, test),
  }
}

function choice(
  { pyproject, overrides }: Project,
  purpose: keyof typeof PURPOSE,
  importsCode: boolean,
): Choice {
  const chosen = setFor(pyproject, purpose)
  const aggregate = importsCode ? aggregateOf(pyproject, chosen.value) : undefined
  const extra = chosen.value?.kind === 'extra' ? [found(chosen.value.name, chosen.reason)] : []
  const extras = [...extra, ...(aggregate ? [aggregate] : [])]
  const group = chosen.value?.kind === 'group' ? [found(chosen.value.name, chosen.reason)] : []
  return {
    extras: overrides.extras ? found(overrides.extras, 'input extras') : joined(extras, chosen.reason),
    groups: overrides.groups ? found(overrides.groups, 'input groups') : joined(group, chosen.reason),
  }
}

function joined(findings: readonly Finding<string>[], otherwise: string): Finding<readonly string[]> {
  return found(
    findings.map(({ value }) => value),
    findings.map(({ reason }) => reason).join('; ') || otherwise,
  )
}

function setFor(pyproject: Pyproject, purpose: keyof typeof PURPOSE): Finding<InstallSet | undefined> {
  const { tool, names } = PURPOSE[purpose]
  if (namesOf(pyproject.dependencies).has(tool))
    return found(undefined, `${tool} is a dependency of the project`)
  const holders = setsOf(pyproject)
    .map(set => ({ set, holds: namesOf(requirementsOf(pyproject, set)) }))
    .filter(({ holds }) => holds.has(tool))
  const byName = holders.find(({ set }) => names.test(normalizeName(set.name)))
  const smallest = holders.toSorted((a, b) => a.holds.size - b.holds.size)[0]
  const chosen = (byName ?? smallest)?.set
  if (!chosen) return found(undefined, `no extra or group contains ${tool}`)
  const origin =
    chosen.kind === 'group' && pyproject.groupsFrom === 'tool.poetry' ? 'Poetry group' : chosen.kind
  return found(chosen, `the ${origin} ${chosen.name} contains ${tool}`)
}

/** Groups first: they exist for development, extras are promises to users. */
function setsOf({ groups, extras }: Pyproject): InstallSet[] {
  return [
    ...Object.keys(groups).map((name): InstallSet => ({ kind: 'group', name })),
    ...Object.keys(extras).map((name): InstallSet => ({ kind: 'extra', name })),
  ]
}

/** The extra that holds at least one other whole, unless the chosen set installs all of it anyway. */
function aggregateOf(pyproject: Pyproject, chosen: InstallSet | undefined): Finding<string> | undefined {
  const extras = Object.keys(pyproject.extras).map(name => ({
    name,
    holds: namesOf(requirementsOf(pyproject, { kind: 'extra', name })),
  }))
  const aggregates = extras
    .map(extra => ({ ...extra, parts: extras.filter(other => isPart(other, extra)).map(({ name }) => name) }))
    .filter(({ parts }) => parts.length > 0)
    .toSorted((a, b) => b.parts.length - a.parts.length || a.holds.size - b.holds.size)
  const widest = aggregates[0]
  if (!widest) return undefined
  const installed = chosen ? namesOf(requirementsOf(pyproject, chosen)) : new Set<string>()
  if (isWithin(widest.holds, installed)) return undefined
  return found(
    widest.name,
    `the extra ${widest.name} holds ${widest.parts.join(', ')}, which the code may import`,
  )
}

type Extra = { readonly name: string; readonly holds: ReadonlySet<string> }

function isPart(other: Extra, whole: Extra): boolean {
  return other.name !== whole.name && other.holds.size > 0 && isWithin(other.holds, whole.holds)
}

function coverageTool(pyproject: Pyproject, { extras, groups }: Choice): Finding<string> {
  const installed = namesOf([
    ...pyproject.dependencies,
    ...named(extras.value, pyproject.extras).flatMap(name =>
      requirementsOf(pyproject, { kind: 'extra', name }),
    ),
    ...named(groups.value, pyproject.groups).flatMap(name =>
      requirementsOf(pyproject, { kind: 'group', name }),
    ),
  ])
  const tool = ['pytest-cov', 'coverage'].find(name => installed.has(name))
  return tool
    ? found(tool, 'installed for the tests')
    : found('', 'neither pytest-cov nor coverage is installed for the tests')
}

/** The names themselves, and all there are for `*`. */
function named(names: readonly string[], all: Readonly<Record<string, unknown>>): readonly string[] {
  return names.includes('*') ? Object.keys(all) : names
}

function isWithin(part: ReadonlySet<string>, whole: ReadonlySet<string>): boolean {
  return [...part].every(name => whole.has(name))
}

function namesOf(requirements: readonly string[]): Set<string> {
  return new Set(requirements.flatMap(requirement => requirementName(requirement) ?? []))
}
