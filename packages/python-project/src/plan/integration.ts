import { requirementName } from '../names.ts'
import type { Pyproject } from '../pyproject.ts'
import { type InstallSet, requirementsOf } from '../requirements.ts'
import { type Finding, found } from './finding.ts'
import type { InstallFindings } from './install.ts'
import type { MigrationFindings } from './migrations.ts'
import { DRIVERS, type PostgresFindings } from './postgres.ts'
import type { Project } from './project.ts'
import type { TestFindings } from './tests.ts'

export interface IntegrationFindings {
  /** Whether there is anything to do in a job with a database. */
  readonly 'has-integration': Finding<boolean>
  readonly 'integration-extras': Finding<readonly string[]>
  readonly 'integration-groups': Finding<readonly string[]>
  readonly 'integration-arguments': Finding<readonly string[]>
}

export type Surroundings = InstallFindings & MigrationFindings & PostgresFindings & TestFindings

/** What the job with a database does and installs: what the tests need, and what talks to the database or migrates it. */
export function integrationFindings(project: Project, known: Surroundings): IntegrationFindings {
  const marker = known['integration-marker'].value
  return {
    'has-integration': hasIntegration(known),
    ...installs(project, known),
    'integration-arguments': marker
      ? found(['-m', marker], `tests marked ${marker}`)
      : found([], 'no integration marker: there are only migrations to run'),
  }
}

function hasIntegration(known: Surroundings): Finding<boolean> {
  const marker = known['integration-marker']
  const migrates = known['has-migrations'].value && known['needs-postgres'].value
  if (marker.value) return found(true, `tests marked ${marker.value}: ${marker.reason}`)
  if (migrates) return found(true, `migrations: ${known['migrations-tool'].reason}`)
  if (known['has-migrations'].value)
    return found(false, `there are migrations, but ${known['needs-postgres'].reason}`)
  return found(false, 'neither migrations of PostgreSQL nor tests with a marker integration')
}

function installs(
  { pyproject, overrides }: Project,
  known: Surroundings,
): Pick<IntegrationFindings, 'integration-extras' | 'integration-groups'> {
  const extras = known['test-extras']
  const groups = known['test-groups']
  const added = missingSets(pyproject, known)
  const addedExtras = overrides.extras ? [] : namesOf(added, 'extra')
  const addedGroups = overrides.groups ? [] : namesOf(added, 'group')
  return {
    'integration-extras': extended(extras, addedExtras),
    'integration-groups': extended(groups, addedGroups),
  }
}

function extended(
  base: Finding<readonly string[]>,
  added: readonly { readonly name: string; readonly reason: string }[],
): Finding<readonly string[]> {
  if (added.length === 0) return found(base.value, `as for the tests: ${base.reason}`)
  return found(
    [...base.value, ...added.map(({ name }) => name)],
    [base.reason, ...added.map(({ reason }) => reason)].join('; '),
  )
}

type Added = InstallSet & { readonly reason: string }

/** The smallest sets that bring a driver and Alembic, where the tests' own sets bring none. */
function missingSets(pyproject: Pyproject, known: Surroundings): Added[] {
  const installed = packagesOf([
    ...pyproject.dependencies,
    ...known['test-extras'].value.flatMap(name => requirementsOf(pyproject, { kind: 'extra', name })),
    ...known['test-groups'].value.flatMap(name => requirementsOf(pyproject, { kind: 'group', name })),
  ])
  const wanted = [
    ...(known['needs-postgres'].value ? [{ what: 'a driver', names: DRIVERS }] : []),
    ...(known['alembic-directory'].value ? [{ what: 'alembic', names: new Set(['alembic']) }] : []),
  ]
  const added = new Map<string, Added>()
  for (const { what, names } of wanted) {
    if (intersects(names, installed)) continue
    const set = smallestWith(pyproject, names)
    if (set)
      added.set(`${set.kind} ${set.name}`, { ...set, reason: `the ${set.kind} ${set.name} holds ${what}` })
  }
  return [...added.values()]
}

function smallestWith(pyproject: Pyproject, names: ReadonlySet<string>): InstallSet | undefined {
  const sets = [
    ...Object.keys(pyproject.groups).map((name): InstallSet => ({ kind: 'group', name })),
    ...Object.keys(pyproject.extras).map((name): InstallSet => ({ kind: 'extra', name })),
  ]
  return sets
    .map(set => ({ set, holds: packagesOf(requirementsOf(pyproject, set)) }))
    .filter(({ holds }) => intersects(names, holds))
    .toSorted((a, b) => a.holds.size - b.holds.size)[0]?.set
}

function namesOf(added: readonly Added[], kind: InstallSet['kind']): Added[] {
  return added.filter(set => set.kind === kind)
}

function intersects(names: ReadonlySet<string>, others: ReadonlySet<string>): boolean {
  return [...names].some(name => others.has(name))
}

function packagesOf(requirements: readonly string[]): Set<string> {
  return new Set(requirements.flatMap(requirement => requirementName(requirement) ?? []))
}
