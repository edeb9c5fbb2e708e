import { posix } from 'node:path'
import { stringsOf, tableOf } from '../toml.ts'
import { assignmentPlace, contentPlace } from './file-places.ts'
import { moduleFile } from './module-file.ts'
import {
  builtWith,
  fromElsewhere,
  fromTags,
  type Project,
  type PythonVersion,
  stringIn,
  toolTable,
} from './project-version.ts'

/** Tools that give setuptools the version from git tags: the table that switches each on. */
const TAG_TABLES = ['setuptools_scm', 'setuptools-git-versioning', 'versioningit', 'versioneer'] as const

/** Where setuptools reads the version (its manual, "Configuring setuptools using pyproject.toml files"). */
export function setuptoolsVersion(project: Project): PythonVersion | undefined {
  const tagTable = TAG_TABLES.find(name => toolTable(project, name))
  if (tagTable)
    return fromTags(project, tagTable.replace('_', '-'), `[tool.${tagTable}] in ${project.pyproject.path}`)
  const version = toolTable(project, 'setuptools', 'dynamic', 'version')
  const attr = stringIn(version, 'attr')
  if (attr) return byAttribute(project, attr.trim())
  const files = version && (stringIn(version, 'file') ?? stringsOf(version.file))
  if (files) return byFile(project, [files].flat())
  if (builtWith(project, 'setuptools-scm'))
    return fromTags(project, 'setuptools-scm', `[build-system] requires in ${project.pyproject.path}`)
  return undefined
}

function byAttribute(project: Project, attr: string): PythonVersion {
  const dot = attr.lastIndexOf('.')
  const [module, name] = [attr.slice(0, Math.max(0, dot)) || '__init__', attr.slice(dot + 1)]
  const roots = packageRoots(project)
  const file = customFile(project, module) ?? moduleFile(project.folder, module, roots)
  const setting = {
    kind: 'setuptools-attr' as const,
    reason: `version.attr of [tool.setuptools.dynamic] in ${project.pyproject.path}`,
  }
  const place = file && assignmentPlace(project, setting, file, name, roots)
  if (place) return place
  const what = file
    ? `${project.folder.at(file.path)} assigns no plain string to ${name}`
    : `There is no module ${module} in ${roots.map(root => project.folder.at(root)).join(' or ')}`
  return fromElsewhere(project, `${what} (${setting.reason}: "${attr}").`)
}

/** The content of a single file; setuptools joins several, which no version is made of. */
function byFile(project: Project, files: readonly string[]): PythonVersion {
  const [file, ...more] = files
  const reason = `version.file of [tool.setuptools.dynamic] in ${project.pyproject.path}`
  if (file === undefined || more.length > 0) {
    return fromElsewhere(project, `${reason} names ${files.length} files.`)
  }
  return contentPlace(project, { kind: 'setuptools-file', reason }, file)
}

/** `package-dir` of a top-level package: setuptools looks nowhere else for its modules. */
function customFile(project: Project, module: string) {
  const [top = '', ...rest] = module.split('.')
  const folder = stringIn(toolTable(project, 'setuptools', 'package-dir'), top)
  if (folder === undefined) return undefined
  return moduleFile(project.folder, [posix.basename(folder), ...rest].join('.'), [posix.dirname(folder)])
}

/** The folders that hold top-level packages: as configured, else the src layout before the flat one. */
function packageRoots(project: Project): readonly string[] {
  const setuptools = toolTable(project, 'setuptools')
  const root = stringIn(tableOf(setuptools?.['package-dir']), '')
  if (root !== undefined) return [root || '.']
  const where = stringsOf(tableOf(tableOf(setuptools?.packages).find).where)
  return where.length > 0 ? where : ['src', '.']
}
