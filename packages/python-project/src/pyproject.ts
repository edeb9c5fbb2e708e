import { readdir, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { type PoetryProject, readPoetry } from './poetry.ts'
import { arrayOf, isTable, mapTable, parseToml, stringOf, stringsOf, type Table, tableOf } from './toml.ts'

export interface BuildSystem {
  readonly requires: readonly string[]
  /** Absent means setuptools' legacy backend (PEP 517). */
  readonly backend?: string
  readonly backendPath?: readonly string[]
}

/** A pyproject.toml: the `[project]` table, or what `[tool.poetry]` says where `[project]` is silent. */
export interface Pyproject {
  /** Path of the file as it was read. */
  readonly path: string
  /** The directory that holds it. */
  readonly directory: string
  /** The name as written; compare with `normalizeName`. */
  readonly name?: string
  /** The static version; absent when the build backend computes it. */
  readonly version?: string
  readonly dynamic: readonly string[]
  /** A PEP 440 specifier set, also for a Poetry constraint such as `^3.11`. */
  readonly requiresPython?: string
  readonly classifiers: readonly string[]
  /** PEP 508 requirements. */
  readonly dependencies: readonly string[]
  readonly extras: Readonly<Record<string, readonly string[]>>
  /** Entries are PEP 508 strings or `{ include-group }` tables (PEP 735). */
  readonly groups: Readonly<Record<string, readonly unknown[]>>
  /** Who defines `groups`: uv can install the first kind by name, Poetry's only as plain requirements. */
  readonly groupsFrom: 'dependency-groups' | 'tool.poetry'
  readonly scripts: Readonly<Record<string, string>>
  readonly buildSystem?: BuildSystem
  readonly tool: Table
  /** True when the file has a `[project]` table. */
  readonly isProject: boolean
  readonly document: Table
}

const LISTED_NAMES = 12

/**
 * Reads `pyproject.toml` of a directory. A directory without the file, or a file that is not TOML, is a UserError.
 */
export async function readPyproject(directory: string): Promise<Pyproject> {
  const path = join(directory, 'pyproject.toml')
  let text: string
  try {
    text = await readFile(path, 'utf8')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error
    const remedy = 'Run actions/checkout before this step, or set working-directory.'
    throw new UserError(`No pyproject.toml in ${directory}. ${remedy} ${await contentsOf(directory)}`)
  }
  return parsePyproject(text, path)
}

async function contentsOf(directory: string): Promise<string> {
  const names = await readdir(directory).catch(() => undefined)
  if (!names) return 'The directory does not exist.'
  if (names.length === 0) return 'The directory is empty.'
  const shown = names.sort().slice(0, LISTED_NAMES)
  return `The directory holds: ${shown.join(', ')}${names.length > shown.length ? ', ...' : ''}`
}

/** Parses the text of a pyproject.toml; `path` is where it came from, for messages and {@link Pyproject.directory}. */
export function parsePyproject(text: string, path: string): Pyproject {
  const document = parseToml(text, path)
  const project = tableOf(document.project)
  const tool = tableOf(document.tool)
  const poetry = readPoetry(tool.poetry)
  const name = stringOf(project.name) ?? poetry.name
  const dynamic = stringsOf(project.dynamic)
  const version = stringOf(project.version) ?? poetry.version
  const requiresPython = stringOf(project['requires-python']) ?? poetry.requiresPython
  return {
    path,
    directory: dirname(path),
    ...(name !== undefined ? { name } : {}),
    ...(version !== undefined ? { version } : {}),
    dynamic,
    ...(requiresPython !== undefined ? { requiresPython } : {}),
    classifiers: project.classifiers === undefined ? poetry.classifiers : stringsOf(project.classifiers),
    dependencies: project.dependencies === undefined ? poetry.dependencies : stringsOf(project.dependencies),
    extras:
      project['optional-dependencies'] === undefined
        ? poetry.extras
        : mapTable(project['optional-dependencies'], stringsOf),
    ...groupsOf(document, tool, poetry),
    scripts: { ...poetry.scripts, ...mapTable(project.scripts, value => stringOf(value) ?? '') },
    ...buildSystemOf(document['build-system']),
    tool,
    isProject: isTable(document.project),
    document,
  }
}

/** PEP 735 groups with uv's older `[tool.uv] dev-dependencies` in `dev`, as uv itself reads them; else Poetry's. */
function groupsOf(
  document: Table,
  tool: Table,
  poetry: PoetryProject,
): Pick<Pyproject, 'groups' | 'groupsFrom'> {
  const groups: Record<string, readonly unknown[]> = mapTable(document['dependency-groups'], arrayOf)
  const uvDev = arrayOf(tableOf(tool.uv)['dev-dependencies'])
  if (uvDev.length > 0) groups.dev = [...(groups.dev ?? []), ...uvDev]
  if (Object.keys(groups).length > 0 || Object.keys(poetry.groups).length === 0) {
    return { groups, groupsFrom: 'dependency-groups' }
  }
  return { groups: poetry.groups, groupsFrom: 'tool.poetry' }
}

function buildSystemOf(value: unknown): Pick<Pyproject, 'buildSystem'> {
  if (!isTable(value)) return {}
  const backend = stringOf(value['build-backend'])
  const backendPath = value['backend-path']
  return {
    buildSystem: {
      requires: stringsOf(value.requires),
      ...(backend !== undefined ? { backend } : {}),
      ...(backendPath !== undefined ? { backendPath: stringsOf(backendPath) } : {}),
    },
  }
}
