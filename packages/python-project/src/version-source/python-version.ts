import { parsePyproject } from '../pyproject.ts'
import { flitVersion } from './flit-version.ts'
import type { Folder } from './folder.ts'
import { hatchVersion } from './hatch-version.ts'
import { pdmVersion } from './pdm-version.ts'
import {
  fromElsewhere,
  fromTags,
  type Project,
  type PythonVersion,
  stringIn,
  toolTable,
  valuePlace,
} from './project-version.ts'
import { setuptoolsVersion } from './setuptools-version.ts'

/** How the build backend of this name computes a dynamic version; undefined when the project configures nothing for it. */
const BACKENDS: readonly (readonly [
  prefix: string,
  find: (project: Project) => PythonVersion | undefined,
])[] = [
  ['hatchling', hatchVersion],
  ['setuptools', setuptoolsVersion],
  ['pdm.', pdmVersion],
  ['flit', flitVersion],
]

/** Reads the folder's pyproject.toml. A UserError when it is not TOML. */
export function readProject(folder: Folder): Project | undefined {
  const text = folder.read('pyproject.toml')
  return text === undefined
    ? undefined
    : { folder, text, pyproject: parsePyproject(text, folder.at('pyproject.toml')) }
}

/**
 * What says the version of a Python project: the static `project.version` and Poetry's own where they are, else what the
 * build backend reads a dynamic one from.
 */
export function pythonVersions(project: Project): PythonVersion[] {
  const { document, tool } = project.pyproject
  const poetry = stringIn(toolTable(project, 'poetry'), 'version') ? poetryVersion(project) : undefined
  const table = document.project as Record<string, unknown> | undefined
  if (typeof table?.version === 'string') {
    const own = valuePlace(project, 'project', ['project', 'version'])
    return poetry ? [own, poetry] : [own]
  }
  if (poetry) return [poetry]
  const isDynamic = project.pyproject.dynamic.includes('version')
  return isDynamic || (!table && tool.flit) ? [dynamicVersion(project)] : []
}

/** poetry-dynamic-versioning leaves a placeholder there and writes the version of the tag over it for a build. */
function poetryVersion(project: Project): PythonVersion {
  if (toolTable(project, 'poetry-dynamic-versioning')?.enable === true) {
    return fromTags(
      project,
      'poetry-dynamic-versioning',
      `[tool.poetry-dynamic-versioning] in ${project.pyproject.path}`,
    )
  }
  return valuePlace(project, 'poetry', ['tool', 'poetry', 'version'])
}

/** The backend decides; where it is not one of these (a wrapper by `backend-path`, none), the first configured table. */
function dynamicVersion(project: Project): PythonVersion {
  const backend = project.pyproject.buildSystem?.backend
  const known = BACKENDS.find(([prefix]) => backend?.startsWith(prefix))
  const [, find] = known ?? []
  const configured = [hatchVersion, pdmVersion, setuptoolsVersion]
  const version = find ? find(project) : configured.flatMap(one => one(project) ?? [])[0]
  return (
    version ??
    fromElsewhere(
      project,
      `${project.pyproject.path} has a dynamic version, and no table says where ${backend ?? 'setuptools'} reads it.`,
    )
  )
}
