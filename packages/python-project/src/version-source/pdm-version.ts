import { patternPlace } from './file-places.ts'
import {
  fromElsewhere,
  fromTags,
  type Project,
  type PythonVersion,
  stringIn,
  toolTable,
} from './project-version.ts'
import { pythonPattern } from './python-pattern.ts'

/** pdm-backend's own, pdm/backend/hooks/version/__init__.py; its first group is the version. */
const DEFAULT_PATTERN = String.raw`^(?:__version__|VERSION)\s*=\s*["'](.+?)["']\s*(?:#.*)?$`

/** Where pdm-backend reads the version (its manual, "Dynamic project version"). */
export function pdmVersion(project: Project): PythonVersion | undefined {
  const table = toolTable(project, 'pdm', 'version')
  if (!table) return undefined
  const where = `[tool.pdm.version] in ${project.pyproject.path}`
  const path = stringIn(table, 'path')
  const source = stringIn(table, 'source') ?? (path ? 'file' : undefined)
  if (source === 'scm') return fromTags(project, 'pdm-backend', `source = "scm" of ${where}`)
  if (source !== 'file' || !path) {
    return fromElsewhere(project, `The version comes from source = "${source ?? ''}" of ${where}.`)
  }
  const own = stringIn(table, 'pattern')
  const setting = { kind: 'pdm' as const, reason: `${own ? 'pattern' : 'path'} of ${where}` }
  const pattern = pythonPattern(own ?? DEFAULT_PATTERN, setting.reason)
  const expected = own
    ? `what ${own} matches`
    : '__version__ = "1.2.3" or VERSION = "1.2.3" in a line of its own'
  return patternPlace(project, setting, path, { pattern, group: 1, expected })
}
