import { existsSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { dirname, join, posix, resolve } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { parseToml, stringOf, tableOf } from '@tokenledger/python-project'
import type { ProjectPlace } from '../tool.ts'

/** Where a project keeps its Alembic. */
export interface AlembicProject {
  /** The configuration relative to `cwd`; absent when there is only a folder with env.py. */
  readonly config?: string
  /** The folder of env.py relative to `cwd`, when there is no configuration. */
  readonly directory?: string
  /** Where Alembic is run, absolute: relative paths of the configuration start there. */
  readonly cwd: string
  /** `alembic.ini`, for the log. */
  readonly reason: string
}

interface Given {
  readonly config?: string
  readonly directory?: string
}

/** Tests, examples and templates have an Alembic of their own that is not the project's. */
const NOT_THE_PROJECTS =
  /^(\..*|node_modules|tests?|fixtures|examples?|docs?|benchmarks?|site-packages|templates)$/
const DEPTH = 3

/**
 * Finds what is given; else alembic.ini in the project's folder, `[tool.alembic]` of pyproject.toml (Alembic 1.16), an
 * alembic.ini in a subfolder, and last a folder with env.py and versions/. Undefined when there is none.
 */
export async function findAlembic(
  place: ProjectPlace,
  given: Given = {},
): Promise<AlembicProject | undefined> {
  const project = resolve(place.root, place.workingDirectory)
  if (given.config) return configured(project, given.config)
  if (given.directory) return inFolder(project, given.directory)
  if (existsSync(join(project, 'alembic.ini'))) return configured(project, 'alembic.ini')
  if (await hasTomlSection(project)) {
    return { config: 'pyproject.toml', cwd: project, reason: '[tool.alembic] in pyproject.toml' }
  }
  const folders = await foldersOf(project)
  const home = folders.find(({ path, names }) => path !== '' && names.has('alembic.ini'))
  if (home) return configured(project, posix.join(home.path, 'alembic.ini'))
  const scripts = folders.find(({ names, path }) => names.has('env.py') && isVersions(folders, path))
  return scripts && inFolder(project, scripts.path || '.')
}

function isVersions(folders: readonly Folder[], path: string): boolean {
  const versions = folders.find(folder => folder.path === posix.join(path, 'versions'))
  return versions !== undefined && [...versions.names].some(name => name.endsWith('.py'))
}

async function configured(project: string, config: string): Promise<AlembicProject> {
  const file = resolve(project, config)
  if (!existsSync(file)) {
    throw new UserError(`Input alembic-config is "${config}", but there is no such file in ${project}.`)
  }
  const home = dirname(file)
  const location = /^\s*script_location\s*[=:]\s*(.+?)\s*$/m.exec(await readFile(file, 'utf8'))?.[1] ?? ''
  const fromProject =
    location !== '' && !existsSync(resolve(home, location)) && existsSync(resolve(project, location))
  return fromProject
    ? { config, cwd: project, reason: config }
    : { config: posix.basename(config.replaceAll('\\', '/')), cwd: home, reason: config }
}

function inFolder(project: string, directory: string): AlembicProject {
  if (!existsSync(join(project, directory, 'env.py'))) {
    throw new UserError(
      `Alembic's folder "${directory}" holds no env.py. Give the folder that does, or its alembic.ini.`,
    )
  }
  return { directory, cwd: project, reason: `${directory}/env.py, and no alembic.ini` }
}

async function hasTomlSection(project: string): Promise<boolean> {
  const path = join(project, 'pyproject.toml')
  if (!existsSync(path)) return false
  const { tool } = parseToml(await readFile(path, 'utf8'), path)
  return stringOf(tableOf(tableOf(tool).alembic).script_location) !== undefined
}

interface Folder {
  /** Relative to the project, with forward slashes; empty for itself. */
  readonly path: string
  readonly names: ReadonlySet<string>
}

/** The project's folders, the shallowest first; virtual environments and what is not the project's are left out. */
async function foldersOf(project: string): Promise<Folder[]> {
  const found: Folder[] = []
  let level = ['']
  for (let depth = 0; depth <= DEPTH && level.length > 0; depth++) {
    const next: string[] = []
    for (const path of level) {
      const entries = await readdir(join(project, path), { withFileTypes: true })
      const names = new Set(entries.map(({ name }) => name))
      if (names.has('pyvenv.cfg')) continue
      found.push({ path, names })
      const folders = entries.filter(entry => entry.isDirectory() && !NOT_THE_PROJECTS.test(entry.name))
      next.push(...folders.map(({ name }) => posix.join(path, name)).sort())
    }
    level = next
  }
  return found
}
