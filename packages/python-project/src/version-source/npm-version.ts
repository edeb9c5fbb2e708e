import { posix } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { parseVersion, semverSpelling } from '@tokenledger/versioning'
import { valueSpan } from './document-value.ts'
import { type Folder, nearest, type ReadText } from './folder.ts'
import type { Place } from './version-source.ts'

const LOCKS = ['package-lock.json', 'npm-shrinkwrap.json'] as const

/** package.json, when it has a version, and the copies that npm keeps in its lock: next to it or of the workspaces' root. */
export function npmVersions(read: ReadText, folder: Folder): Place[] {
  const text = folder.read('package.json')
  if (text === undefined) return []
  const path = folder.at('package.json')
  const manifest = jsonPlace('package.json', 'source', path, text, [['version']])
  if (manifest.locate(text).length === 0) return []
  return [manifest, ...LOCKS.flatMap(name => lockPlace(read, folder, name))]
}

function lockPlace(read: ReadText, folder: Folder, name: string): Place[] {
  const found = nearest(read, folder, name)
  if (!found) return []
  const inLock = posix.relative(found.folder.path, folder.path)
  // The lock's own package has a second copy at the top; its entry for itself is the empty path.
  const keys = [...(inLock === '' ? [['version']] : []), ['packages', inLock, 'version']]
  const place = jsonPlace('package-lock.json', 'copy', found.folder.at(name), found.text, keys)
  return place.locate(found.text).length > 0 ? [place] : []
}

function jsonPlace(
  kind: 'package.json' | 'package-lock.json',
  role: Place['role'],
  path: string,
  text: string,
  keys: readonly (readonly string[])[],
): Place {
  return {
    kind,
    role,
    path,
    reason: `version in ${path}`,
    text,
    expected: '"version": "1.2.3"',
    locate: current =>
      keys.flatMap(one => valueSpan(current, one, changed => parseJson(changed, path)) ?? []),
    spell: next => npmSpelling(next, path),
  }
}

/** npm takes only strict semver: `1.3.0rc1` has to be `1.3.0-rc.1` there. */
function npmSpelling(next: string, path: string): string {
  const parsed = parseVersion(next)
  const text = parsed && semverSpelling(parsed)
  if (text && /^\d+\.\d+\.\d+(?:[-+]|$)/.test(text)) return text
  throw new UserError(
    `${next} cannot stand in ${path}: npm takes only semver (three numbers, no epoch, no post release, no development of a prerelease). Choose such a version, or remove the version from ${path}.`,
  )
}

function parseJson(text: string, path: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''))
  } catch (error) {
    throw new UserError(`${path} is not valid JSON: ${(error as SyntaxError).message}. Correct it.`)
  }
}
