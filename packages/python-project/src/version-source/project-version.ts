import { requirementName } from '../names.ts'
import type { Pyproject } from '../pyproject.ts'
import { isTable, parseToml, stringOf, type Table, tableOf } from '../toml.ts'
import { valueSpan } from './document-value.ts'
import type { Folder } from './folder.ts'
import type { Place, SourceKind } from './version-source.ts'

/** A project whose version is looked for. */
export interface Project {
  readonly folder: Folder
  readonly pyproject: Pyproject
  readonly text: string
}

/** A version that no edit of a file can change. */
export interface ComputedVersion {
  /** `tags`: the tag itself is the version. `elsewhere`: something computes it that cannot be read from here. */
  readonly by: 'tags' | 'elsewhere'
  readonly path: string
  /** One sentence. */
  readonly reason: string
}

export type PythonVersion = Place | ComputedVersion

export function isPlace(version: PythonVersion): version is Place {
  return 'locate' in version
}

/** The version as a value of pyproject.toml itself. */
export function valuePlace(project: Project, kind: SourceKind, keys: readonly string[]): Place {
  const { path } = project.pyproject
  return {
    kind,
    role: 'source',
    path,
    reason: `${keys.join('.')} in ${path}`,
    text: project.text,
    expected: `a plain string without escapes, such as version = "1.2.3"`,
    locate(text) {
      const span = valueSpan(text, keys, changed => parseToml(changed, path))
      return span ? [span] : []
    },
  }
}

/** `where` names the setting and its file. */
export function fromTags({ pyproject }: Project, tool: string, where: string): ComputedVersion {
  const reason = `${tool} (${where}) takes the version from git tags, so there is no file to edit.`
  return { by: 'tags', path: pyproject.path, reason }
}

export function fromElsewhere({ pyproject }: Project, what: string): ComputedVersion {
  const remedy = 'Name the files that hold it under [[tool.bumpversion.files]].'
  return { by: 'elsewhere', path: pyproject.path, reason: `${what} ${remedy}` }
}

/** Whether a package takes part in the build: as a requirement of [build-system]. */
export function builtWith({ pyproject }: Project, name: string): boolean {
  return (pyproject.buildSystem?.requires ?? []).some(requirement => requirementName(requirement) === name)
}

/** A table below `[tool]`, if the project has it. */
export function toolTable({ pyproject }: Project, ...keys: readonly string[]): Table | undefined {
  const value = keys.reduce<unknown>((table, key) => tableOf(table)[key], pyproject.tool)
  return isTable(value) ? value : undefined
}

export function stringIn(table: Table | undefined, key: string): string | undefined {
  return stringOf(table?.[key])
}
