import { posix } from 'node:path'
import type { Layout } from './layout.ts'

/** What a file is to the jobs. `other` is all that is not known to be something less. */
export type Kind = 'documentation' | 'metadata' | 'dashboard' | 'python' | 'other'

export const KIND_NAMES: Readonly<Record<Kind, string>> = {
  documentation: 'documentation',
  metadata: 'readme and licences',
  dashboard: 'dashboard',
  python: 'Python',
  other: 'other',
}

/** No `.txt`: pytest takes test*.txt for tests, and requirements have that ending. */
const PROSE = /\.(?:md|rst|adoc)$/i
const PICTURES = /\.(?:png|jpe?g|gif|svg|webp)$/i
/** Names that build backends take for licences without being told (PEP 639, setuptools, hatchling). */
const LICENCE = /^(?:licen[cs]e|copying|notice|authors)(?:-[a-z0-9]+)?(?:\.(?:md|rst|txt))?$/i
const FRONT_END =
  /\.(?:[cm]?[jt]sx?|json|html?|css|s[ac]ss|less|vue|svelte|mdx?|ya?ml|svg|png|jpe?g|gif|webp|ico|woff2?)$|(?:^|\/)(?:\.npmrc|\.nvmrc|\.node-version|yarn\.lock)$/i

/** `path` is relative to the repository. */
export function kindOf(path: string, { project, dashboard, python, quoted }: Layout): Kind {
  const isPython = python.some(folder => path.startsWith(folder)) && path.startsWith(project)
  if (dashboard && path.startsWith(dashboard))
    return isPython || !FRONT_END.test(path) ? 'other' : 'dashboard'
  if (isPython) return 'python'
  if (path.split('/').some(part => part.startsWith('.'))) return 'other'
  if (path.startsWith(project) && /\.pyi?$/.test(path)) return 'python'
  if (!isForReaders(path, project)) return quoted.includes(path) ? 'metadata' : 'other'
  if (quoted.includes(path) || LICENCE.test(posix.basename(path))) return 'metadata'
  return 'documentation'
}

/**
 * Prose at the top of the repository or project, and prose and pictures below docs. Not elsewhere: a new folder at the top is a
 * package to setuptools, whatever it holds, unless it has one of the names that it leaves out, as docs.
 */
function isForReaders(path: string, project: string): boolean {
  return ['', project].some(top => {
    if (!path.startsWith(top)) return false
    const inner = path.slice(top.length)
    if (/^docs?\//.test(inner)) return PROSE.test(inner) || PICTURES.test(inner)
    return !inner.includes('/') && (PROSE.test(inner) || LICENCE.test(inner))
  })
}
