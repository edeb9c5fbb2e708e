import type { ReadText } from './folder.ts'
import type { VersionSource } from './version-source.ts'

/**
 * Of the sources of a project those that say what its version is: no copies, such as lock files, and no package.json that is
 * never published, which says no version of the Python project that it lies in.
 */
export function statedVersions(read: ReadText, sources: readonly VersionSource[]): VersionSource[] {
  const isOnlyNpm = sources.every(({ kind }) => kind === 'package.json' || kind === 'package-lock.json')
  const isPrivate = (path: string) =>
    !isOnlyNpm && path.endsWith('package.json') && /"private"\s*:\s*true/.test(read(path) ?? '')
  return sources.filter(({ role, path }) => role === 'source' && !isPrivate(path))
}
