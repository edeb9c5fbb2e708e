import { UserError } from '@tokenledger/kit'
import { assigningFile, type ModuleFile } from './module-file.ts'
import { patternSpan } from './pattern-span.ts'
import type { Project } from './project-version.ts'
import { assignedString } from './python-assignment.ts'
import type { Place, SourceKind, Span } from './version-source.ts'

/** What leads to a place, such as `path of [tool.hatch.version] in pyproject.toml`. */
export interface Setting {
  readonly kind: SourceKind
  readonly reason: string
}

/** The version where a pattern finds it in a file. A UserError when there is no such file. */
export function patternPlace(
  project: Project,
  setting: Setting,
  path: string,
  { pattern, group, expected }: { pattern: RegExp; group: string | 1; expected: string },
): Place {
  return filePlace(project, setting, path, expected, text =>
    patternSpan(text, pattern, group, setting.reason),
  )
}

/** The version as the whole content of a file. A UserError when there is no such file. */
export function contentPlace(project: Project, setting: Setting, path: string): Place {
  return filePlace(project, setting, path, 'nothing but the version', text => {
    const content = text.replace(/^\uFEFF/, '').trim()
    const start = text.indexOf(content)
    return content && !/\s/.test(content) ? { start, end: start + content.length } : undefined
  })
}

/** The version as the string that a module assigns to a name; undefined when it assigns none that can be read. */
export function assignmentPlace(
  project: Project,
  setting: Setting,
  file: ModuleFile,
  name: string,
  roots: readonly string[],
): Place | undefined {
  const found = assigningFile(project.folder, file, name, roots)
  if (!found) return undefined
  const expected = `a plain string assigned to ${found.name}`
  return filePlace(project, setting, found.file.path, expected, text => assignedString(text, found.name))
}

function filePlace(
  { folder }: Project,
  { kind, reason }: Setting,
  inside: string,
  expected: string,
  find: (text: string) => Span | undefined,
): Place {
  const path = folder.at(inside)
  const text = folder.read(inside)
  if (text === undefined) {
    throw new UserError(`${reason} points to ${path}, which does not exist. Correct the path.`)
  }
  const locate = (current: string) => {
    const span = find(current)
    return span ? [span] : []
  }
  return { kind, role: 'source', path, reason, text, expected, locate }
}
