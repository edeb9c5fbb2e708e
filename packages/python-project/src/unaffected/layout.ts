import { posix } from 'node:path'
import type { FindingName, Findings, Project } from '../plan/index.ts'
import type { Pyproject } from '../pyproject.ts'
import { arrayOf, stringOf, tableOf } from '../toml.ts'

/** Where the parts of a project lie; folders end in `/`, and the empty one is the repository. */
export interface Layout {
  readonly project: string
  readonly dashboard: string | undefined
  /** Folders of Python's side, whatever lies in them: package data, test data, migrations. */
  readonly python: readonly string[]
  /** Files that a package quotes in its metadata. */
  readonly quoted: readonly string[]
}

/** `directory` is the project's folder in the repository, `.` for the repository itself. */
export function layoutOf({ pyproject }: Project, findings: Findings, directory: string): Layout {
  const folder = (path: string) => `${posix.join(directory, path)}/`.replace(/^\.\//, '')
  const paths = (...names: FindingName[]) =>
    names.flatMap(name => findings[name].value).filter(value => typeof value === 'string' && value !== '')
  const [dashboard] = paths('dashboard-directory') as string[]
  const owned = paths('source-paths', 'package-directory', 'migrations-directory', 'alembic-directory')
  // A pattern's folder is what stands before it.
  const tests = paths('test-paths').map(path => `${path}`.replace(/[^/]*[*?[].*$/, '') || '.')
  return {
    project: folder('.'),
    dashboard: dashboard === undefined ? undefined : folder(dashboard),
    python: [...owned, ...tests].map(path => folder(`${path}`)),
    quoted: readmesOf(pyproject).map(path => posix.join(directory, path)),
  }
}

function readmesOf({ document, tool }: Pyproject): string[] {
  const { readme } = tableOf(document.project)
  const ofPoetry = tableOf(tool.poetry).readme
  return [readme, tableOf(readme).file, ofPoetry, ...arrayOf(ofPoetry)].flatMap(path => stringOf(path) ?? [])
}
