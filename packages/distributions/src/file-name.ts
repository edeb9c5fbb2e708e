import { normalizeName } from '@tokenledger/python-project'
import { compareVersions, parseVersion, type Version } from '@tokenledger/versioning'
import type { Distribution } from './read-distribution.ts'

/**
 * Whether a file is named after the project and the version in it, spelled in any way (binary distribution format, "File name
 * convention"; source distribution format, "Source distribution file name").
 */
export function isNamedAfter({ file, kind, name }: Distribution, version: Version): boolean {
  const is = (project: string, text: string) => {
    const named = parseVersion(text)
    return normalizeName(project) === normalizeName(name) && !!named && compareVersions(named, version) === 0
  }
  const parts = file.replace(/\.(whl|tar\.gz|zip)$/i, '').split('-')
  if (kind === 'wheel') {
    const [project = '', text = ''] = parts
    return (parts.length === 5 || parts.length === 6) && is(project, text.replaceAll('_', '-'))
  }
  // Old sdists have a dash in the project's name, and some in the version's.
  return parts.some((_, at) => at > 0 && is(parts.slice(0, at).join('-'), parts.slice(at).join('-')))
}
