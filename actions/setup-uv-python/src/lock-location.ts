import { readFile } from 'node:fs/promises'
import { dirname, join, matchesGlob, relative, sep } from 'node:path'
import { type Pyproject, parsePyproject, readUvLock, type UvLock } from '@tokenledger/python-project'

export interface LocatedLock {
  readonly lock: UvLock
  readonly directory: string
}

/** The uv.lock that uv uses for a project: its own, or that of the workspace above it (not above `top`) it belongs to. */
export async function locateLock(project: Pyproject, top: string): Promise<LocatedLock | undefined> {
  const own = await readUvLock(project.directory)
  if (own) return { lock: own, directory: project.directory }
  for (let directory = project.directory; directory !== top && dirname(directory) !== directory; ) {
    directory = dirname(directory)
    const parent = await readIfPresent(join(directory, 'pyproject.toml'))
    if (!parent || !isMember(parent, project.directory)) continue
    const lock = await readUvLock(directory)
    return lock && { lock, directory }
  }
  return undefined
}

/** Whether `[tool.uv.workspace]` of a pyproject.toml takes a directory in. */
export function isMember(root: Pyproject, directory: string): boolean {
  const { workspace } = (root.tool.uv ?? {}) as { workspace?: { members?: string[]; exclude?: string[] } }
  const path = relative(root.directory, directory).split(sep).join('/')
  const matches = (globs: readonly string[] = []) =>
    globs.some(glob => matchesGlob(path, glob.replace(/^\.\//, '').replace(/\/$/, '')))
  return matches(workspace?.members) && !matches(workspace?.exclude)
}

async function readIfPresent(path: string): Promise<Pyproject | undefined> {
  try {
    return parsePyproject(await readFile(path, 'utf8'), path)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined
    throw error
  }
}
