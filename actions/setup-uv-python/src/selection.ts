import { UserError } from '@tokenledger/kit'
import { normalizeName, type Pyproject } from '@tokenledger/python-project'
import type { InstallSet, Selection } from './inputs.ts'

/**
 * Checks extras and groups against pyproject.toml before any process starts, and gives their names the spelling that the
 * file has (`Server_Async` → `server-async`). A name that is not defined is a UserError that lists the defined ones.
 */
export function checkedSet(set: InstallSet, pyproject: Pyproject): InstallSet {
  const dynamicExtras = pyproject.dynamic.includes('optional-dependencies')
  return {
    ...set,
    extras: dynamicExtras ? set.extras : checked(set.extras, Object.keys(pyproject.extras), 'Extra'),
    groups: checked(set.groups, groupNames(pyproject), 'Dependency group'),
  }
}

function checked(
  selection: Selection,
  defined: readonly string[],
  kind: 'Extra' | 'Dependency group',
): Selection {
  if (selection.kind !== 'these') return selection
  const spelling = new Map(defined.map(name => [normalizeName(name), name]))
  const names = selection.names.map(name => {
    const known = spelling.get(normalizeName(name))
    if (known === undefined)
      throw new UserError(`${kind} "${name}" is not defined. ${available(kind, defined)}`)
    return known
  })
  return { kind: 'these', names: [...new Set(names)] }
}

function available(kind: 'Extra' | 'Dependency group', defined: readonly string[]): string {
  if (defined.length > 0) return `This project has: ${[...defined].sort().join(', ')}.`
  return `This project has no ${kind === 'Extra' ? 'extras' : 'dependency groups'}.`
}

/** The groups that uv knows; those of Poetry are none. */
export function groupNames({ groups, groupsFrom }: Pyproject): string[] {
  return groupsFrom === 'dependency-groups' ? Object.keys(groups) : []
}

/**
 * The groups that `uv sync` installs without being asked, for the commands that do not know them:
 * `default-groups` of `[tool.uv]`, else `dev` where it exists.
 */
export function defaultGroups(pyproject: Pyproject): string[] {
  const defined = groupNames(pyproject)
  const { uv } = pyproject.tool
  const configured = typeof uv === 'object' && uv !== null ? Reflect.get(uv, 'default-groups') : undefined
  if (configured === 'all') return defined
  const wanted = Array.isArray(configured) ? configured.filter(name => typeof name === 'string') : ['dev']
  return defined.filter(name => wanted.some(other => normalizeName(other) === normalizeName(name)))
}
