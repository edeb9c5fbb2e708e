import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs'
import { join, relative, sep } from 'node:path'
import { lockedFiles } from './locked-files.ts'

/** Relative to the root of this repository, with slashes. */
export type EngineFiles = ReadonlyMap<string, Buffer>

export const STARTER = 'packages/tools/start.mjs'

/** What a caller's jobs reach, what stands in for GitHub's own actions, and what starts the engine. */
const REACHED = [
  'action.yml',
  'setup',
  'actions',
  'dist',
  '.github/workflows',
  'action-tests/stand-ins',
  STARTER,
]

/** All that the engine needs to run outside this package, below this version of Node. */
export function engineFiles(root: string, nodeMajor: number): EngineFiles {
  const locked = lockedFiles(root, nodeMajor)
  const packages = [...locked.keys()].flatMap(
    path => /^(packages\/[^/]+)\/package\.json$/.exec(path)?.[1] ?? [],
  )
  const paths = [...REACHED, ...packages].flatMap(path => filesBelow(root, path))
  return new Map([
    ...paths.map(path => [path, readFileSync(join(root, path))] as const),
    ...[...locked].map(([path, text]) => [path, Buffer.from(text)] as const),
  ])
}

/** The same files give the same digest, whatever their order. */
export function digestOf(files: EngineFiles): string {
  const hash = createHash('sha256')
  for (const [path, content] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${path}\0${content.byteLength}\0`).update(content)
  }
  return hash.digest('hex')
}

function filesBelow(root: string, path: string): string[] {
  const top = join(root, path)
  if (!existsSync(top)) return []
  if (statSync(top).isFile()) return [path]
  return (
    readdirSync(top, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry => relative(root, join(entry.parentPath, entry.name)).split(sep).join('/'))
      // What a Python has compiled on the way is no part of the package, and would change its digest.
      .filter(file => !file.includes('/__pycache__/'))
  )
}
