import { posix } from 'node:path'
import { normalizedVersion, parseVersion } from '@tokenledger/versioning'
import { normalizeName } from '../names.ts'
import { nearest, type ReadText } from './folder.ts'
import type { Project } from './project-version.ts'
import type { Place, Span } from './version-source.ts'

/** uv writes name, version and source of a package first and in this order; a package with a dynamic version has none. */
const ENTRY =
  /^\[\[package\]\]\r?\nname = "([^"\n]+)"\r?\nversion = "([^"\n]+)"\r?\nsource = \{ (?:editable|virtual|directory) = "([^"\n]*)" \}/dgm

/** The project's own entry in uv.lock: next to pyproject.toml, or of the workspace that the project is a member of. */
export function uvLockVersion(read: ReadText, { folder, pyproject }: Project): Place | undefined {
  const found = nearest(read, folder, 'uv.lock')
  if (!found || pyproject.name === undefined) return undefined
  const name = normalizeName(pyproject.name)
  const source = posix.relative(found.folder.path, folder.path) || '.'
  const path = found.folder.at('uv.lock')
  const place: Place = {
    kind: 'uv.lock',
    role: 'copy',
    path,
    reason: `the package ${name} in ${path}`,
    text: found.text,
    expected: `the package ${name} with its version`,
    locate: text => ownEntries(text, name, source),
    spell: next => {
      const parsed = parseVersion(next)
      return parsed ? normalizedVersion(parsed) : next
    },
  }
  return place.locate(found.text).length > 0 ? place : undefined
}

function ownEntries(text: string, name: string, source: string): Span[] {
  return Array.from(text.matchAll(ENTRY))
    .filter(([, packageName, , packageSource]) => packageName === name && packageSource === source)
    .flatMap(({ indices }) => (indices?.[2] ? [{ start: indices[2][0], end: indices[2][1] }] : []))
}
