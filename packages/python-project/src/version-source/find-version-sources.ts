import { folderAt, type ReadText } from './folder.ts'
import { npmVersions } from './npm-version.ts'
import { type ComputedVersion, isPlace } from './project-version.ts'
import { pythonVersions, readProject } from './python-version.ts'
import { uvLockVersion } from './uv-lock-version.ts'
import { sourceAt, type VersionSource } from './version-source.ts'

/**
 * Every place that holds the version of the project in `folder` (`''` or `.` for the repository's own), without any
 * configuration: what its build backend reads, package.json, and their copies in lock files. Sources that disagree come
 * as they are. A UserError when a setting points to a file or a version that is not there, when a pattern is beyond
 * JavaScript, or a file is not TOML or JSON.
 */
export function findVersionSources(read: ReadText, folder: string): VersionSource[] {
  const at = folderAt(read, folder)
  const project = readProject(at)
  const python = project ? pythonVersions(project).filter(isPlace) : []
  const lock = project && uvLockVersion(read, project)
  return [...python, ...(lock ? [lock] : []), ...npmVersions(read, at)].map(sourceAt)
}

/** Why the Python project in `folder` has a version that no edit can change; undefined when it has none such. */
export function computedVersion(read: ReadText, folder: string): ComputedVersion | undefined {
  const project = readProject(folderAt(read, folder))
  const versions = project ? pythonVersions(project) : []
  return versions.flatMap(version => (isPlace(version) ? [] : [version]))[0]
}

export interface VersionEdit {
  readonly path: string
  readonly before: string
  readonly after: string
}

/**
 * Sets the version everywhere: one edit per file, also where two sources share it; files that have it already are left
 * out. Nothing is written. A UserError when one of them cannot take the version, and then for all.
 */
export function versionEdits(sources: readonly VersionSource[], next: string, read: ReadText): VersionEdit[] {
  const edits = new Map<string, VersionEdit>()
  for (const source of sources) {
    const before = edits.get(source.path)?.before ?? read(source.path) ?? ''
    const after = source.edit(next, edits.get(source.path)?.after ?? before)
    edits.set(source.path, { path: source.path, before, after })
  }
  return [...edits.values()].filter(({ before, after }) => before !== after)
}
