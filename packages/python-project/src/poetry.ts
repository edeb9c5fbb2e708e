import { pythonToPep440, toPep440 } from './poetry-constraint.ts'
import { isTable, mapTable, stringOf, stringsOf, type Table, tableOf } from './toml.ts'

/** What `[tool.poetry]` says in the words of `[project]`; empty when there is no such table. */
export interface PoetryProject {
  readonly name?: string
  readonly version?: string
  readonly requiresPython?: string
  readonly classifiers: readonly string[]
  readonly dependencies: readonly string[]
  readonly extras: Readonly<Record<string, readonly string[]>>
  readonly groups: Readonly<Record<string, readonly unknown[]>>
  readonly scripts: Readonly<Record<string, string>>
}

export function readPoetry(value: unknown): PoetryProject {
  const poetry = tableOf(value)
  const dependencies = tableOf(poetry.dependencies)
  const name = stringOf(poetry.name)
  const version = stringOf(poetry.version)
  const requiresPython = pythonToPep440(stringOf(dependencies.python) ?? '*')
  return {
    ...(name !== undefined ? { name } : {}),
    ...(version !== undefined ? { version } : {}),
    ...(requiresPython ? { requiresPython } : {}),
    classifiers: stringsOf(poetry.classifiers),
    dependencies: requirements(dependencies, dependency => tableOf(dependency).optional !== true),
    extras: mapTable(poetry.extras, names =>
      stringsOf(names).map(extra => asRequirement(extra, dependencies)),
    ),
    groups: groupsOf(poetry),
    scripts: mapTable(
      poetry.scripts,
      script => stringOf(script) ?? stringOf(tableOf(script).reference) ?? '',
    ),
  }
}

/** `[tool.poetry.group.*]` and the older `[tool.poetry.dev-dependencies]`, which Poetry calls the group `dev`. */
function groupsOf(poetry: Table): Record<string, string[]> {
  const groups = mapTable(poetry.group, group => requirements(tableOf(tableOf(group).dependencies)))
  const dev = requirements(tableOf(poetry['dev-dependencies']))
  return dev.length > 0 ? { ...groups, dev: [...(groups.dev ?? []), ...dev] } : groups
}

function requirements(dependencies: Table, wanted: (dependency: unknown) => boolean = () => true): string[] {
  return Object.entries(dependencies)
    .filter(([name, dependency]) => name !== 'python' && wanted(dependency))
    .map(([name]) => asRequirement(name, dependencies))
}

/** One dependency as PEP 508. Several constraints for one name depend on markers; then the name stands alone. */
function asRequirement(name: string, dependencies: Table): string {
  const dependency = dependencies[name]
  if (!isTable(dependency)) return name + (toPep440(stringOf(dependency) ?? '*') ?? '')
  const extras = stringsOf(dependency.extras)
  const url = stringOf(dependency.git)
  if (url !== undefined) return `${name} @ git+${url}`
  const marker = stringOf(dependency.markers)
  const specifier = toPep440(stringOf(dependency.version) ?? '*') ?? ''
  return `${name}${extras.length > 0 ? `[${extras.join(',')}]` : ''}${specifier}${marker ? ` ; ${marker}` : ''}`
}
