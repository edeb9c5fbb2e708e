import { UserError } from '@tokenledger/kit'
import { type Pyproject, stringsOf, tableOf } from '@tokenledger/python-project'
import type { InstallMode, InstallSet, Selection } from './inputs.ts'
import { defaultGroups, groupNames } from './selection.ts'

/** How the environment comes about. Arguments are for `uv`; `--python` is added where they are run. */
export type InstallPlan =
  | { readonly kind: 'none'; readonly reason: string }
  | {
      readonly kind: 'sync'
      readonly lock: 'locked' | 'frozen'
      readonly arguments: readonly string[]
      /** What a stale lock leads to: an error, or this plan after a warning. */
      readonly whenStale: 'error' | UnlockedPlan
      readonly reason: string
    }
  | UnlockedPlan

/** `uv venv`, then `uv pip install`: leaves uv.lock alone, unlike a `uv sync` that would write it. */
export interface UnlockedPlan {
  readonly kind: 'unlocked'
  readonly arguments: readonly string[]
  readonly reason: string
}

export interface InstallRequest {
  readonly mode: InstallMode
  readonly set: InstallSet
  readonly pyproject: Pyproject
  /** Directory of uv.lock, or undefined when there is none. */
  readonly lockDirectory: string | undefined
}

/** Decides between uv.lock and a fresh resolution. `locked` or `frozen` without a uv.lock is a UserError. */
export function planInstall({ mode, set, pyproject, lockDirectory }: InstallRequest): InstallPlan {
  if (mode === 'none') return { kind: 'none', reason: 'install is "none"' }
  const unlocked = (reason: string): UnlockedPlan => ({
    kind: 'unlocked',
    arguments: pipArguments(set, pyproject),
    reason,
  })
  if (mode === 'unlocked') return unlocked('install is "unlocked"')
  if (set.resolution !== 'locked') return unlocked(`resolution is "${set.resolution}"`)
  if (lockDirectory === undefined) {
    if (mode === 'auto') return unlocked('there is no uv.lock')
    throw new UserError(
      `No uv.lock for ${pyproject.path}, and install is "${mode}". ` +
        'Run "uv lock" and commit uv.lock, or set install: unlocked.',
    )
  }
  const lock = mode === 'frozen' ? 'frozen' : 'locked'
  return {
    kind: 'sync',
    lock,
    arguments: syncArguments(set, lock),
    whenStale: mode === 'auto' ? unlocked('uv.lock is out of date') : 'error',
    reason: mode === 'auto' ? 'there is a uv.lock' : `install is "${mode}"`,
  }
}

/** `uv sync`: extras are added to nothing, groups to the default ones unless `--no-default-groups` takes those away. */
function syncArguments({ extras, groups, project }: InstallSet, lock: 'locked' | 'frozen'): string[] {
  return [
    'sync',
    `--${lock}`,
    ...choice(extras, '--all-extras', '--extra'),
    ...(groups.kind === 'these' ? ['--no-default-groups'] : []),
    ...choice(groups, '--all-groups', '--group'),
    ...(project === 'none' ? ['--no-install-project'] : []),
  ]
}

/** `uv pip install` knows no default groups and takes the extras of an editable project as part of its requirement. */
function pipArguments({ extras, groups, project, resolution }: InstallSet, pyproject: Pyproject): string[] {
  const extraNames = extras.kind === 'these' ? extras.names : Object.keys(pyproject.extras)
  const target =
    project === 'editable'
      ? ['--editable', extraNames.length > 0 ? `.[${extraNames.join(',')}]` : '.']
      : ['--requirements', 'pyproject.toml', ...choice(extras, '--all-extras', '--extra')]
  return [
    'pip',
    'install',
    ...(resolution === 'locked' ? [] : ['--resolution', resolution]),
    ...target,
    ...groupArguments(pipGroups(groups, pyproject), pyproject),
  ]
}

function pipGroups(groups: Selection, pyproject: Pyproject): readonly string[] {
  if (groups.kind === 'these') return groups.names
  return groups.kind === 'all' ? groupNames(pyproject) : defaultGroups(pyproject)
}

/** The older `dev-dependencies` of `[tool.uv]` count as group dev, but only `uv sync` knows them under that name. */
function groupArguments(names: readonly string[], { document, tool }: Pyproject): string[] {
  const named = names.filter(name => name in tableOf(document['dependency-groups']))
  const older = names.includes('dev') ? stringsOf(tableOf(tool.uv)['dev-dependencies']) : []
  return [...named.flatMap(name => ['--group', name]), ...older]
}

function choice(selection: Selection, all: string, each: string): string[] {
  if (selection.kind === 'default') return []
  return selection.kind === 'all' ? [all] : selection.names.flatMap(name => [each, name])
}
