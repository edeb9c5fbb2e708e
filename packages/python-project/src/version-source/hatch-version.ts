import { UserError } from '@tokenledger/kit'
import { parseToml, type Table, tableOf } from '../toml.ts'
import { assignmentPlace, patternPlace } from './file-places.ts'
import {
  fromElsewhere,
  fromTags,
  type Project,
  type PythonVersion,
  stringIn,
  toolTable,
} from './project-version.ts'
import { pythonPattern } from './python-pattern.ts'

/** hatchling's own, hatchling/version/core.py. */
const DEFAULT_PATTERN = String.raw`(?i)^(__version__|VERSION) *= *(['"])v?(?P<version>.+?)\2`

/** Plugins that take the version from git tags, by the name that `source` gives them. */
const TAG_SOURCES: Readonly<Record<string, string>> = {
  vcs: 'hatch-vcs',
  'uv-dynamic-versioning': 'uv-dynamic-versioning',
  versioningit: 'versioningit',
}

/** The table `[tool.hatch.version]`, which a hatch.toml next to pyproject.toml replaces with its `[version]`. */
export function hatchTable(project: Project): { readonly table: Table; readonly where: string } | undefined {
  const { folder } = project
  const text = folder.read('hatch.toml')
  const ownFile = text === undefined ? undefined : parseToml(text, folder.at('hatch.toml')).version
  if (ownFile !== undefined)
    return { table: tableOf(ownFile), where: `[version] in ${folder.at('hatch.toml')}` }
  const table = toolTable(project, 'hatch', 'version')
  return table && { table, where: `[tool.hatch.version] in ${project.pyproject.path}` }
}

/** Where hatchling reads the version (Hatch's manual, "Versioning"). */
export function hatchVersion(project: Project): PythonVersion | undefined {
  const found = hatchTable(project)
  if (!found) return undefined
  const { table, where } = found
  const source = stringIn(table, 'source') ?? 'regex'
  const tagTool = TAG_SOURCES[source]
  if (tagTool) return fromTags(project, tagTool, `source = "${source}" of ${where}`)
  if (source === 'regex' || source === 'regex_commit') return byPattern(project, table, where)
  if (source === 'code') return byCode(project, table, where)
  return fromElsewhere(project, `The version comes from source = "${source}" of ${where}.`)
}

function byPattern(project: Project, table: Table, where: string): PythonVersion {
  const path = requiredPath(table, where)
  const own = stringIn(table, 'pattern')
  if (!own) {
    const pattern = pythonPattern(DEFAULT_PATTERN, where)
    const expected = '__version__ = "1.2.3" or VERSION = "1.2.3" at the start of a line'
    return patternPlace(project, { kind: 'hatch', reason: `path of ${where}` }, path, {
      pattern,
      group: 'version',
      expected,
    })
  }
  const reason = `pattern of ${where}`
  if (!own.includes('(?P<version>')) {
    throw new UserError(
      `${reason} has no group (?P<version>…), which hatchling needs. Add it around the version.`,
    )
  }
  const setting = { kind: 'hatch' as const, reason }
  const expected = `what ${own} matches`
  return patternPlace(project, setting, path, {
    pattern: pythonPattern(own, reason),
    group: 'version',
    expected,
  })
}

/** The file is run by hatchling; a plain string in it can be edited all the same. */
function byCode(project: Project, table: Table, where: string): PythonVersion {
  const path = requiredPath(table, where)
  const expression = stringIn(table, 'expression') ?? '__version__'
  const file = { path, text: project.folder.read(path) ?? '' }
  const setting = { kind: 'hatch' as const, reason: `path of ${where}` }
  return (
    assignmentPlace(project, setting, file, expression, searchPaths(table)) ??
    fromElsewhere(project, `${project.folder.at(path)} computes ${expression} (source = "code" of ${where}).`)
  )
}

function searchPaths(table: Table): string[] {
  const paths = table['search-paths']
  return Array.isArray(paths) ? paths.filter(path => typeof path === 'string') : []
}

function requiredPath(table: Table, where: string): string {
  const path = stringIn(table, 'path')
  if (path) return path
  throw new UserError(
    `${where} has no path. Set it to the file that holds the version, such as "src/example/__init__.py".`,
  )
}
