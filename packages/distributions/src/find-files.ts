import { glob, realpath, stat } from 'node:fs/promises'
import { isAbsolute, join, relative, sep } from 'node:path'
import { UserError } from '@tokenledger/kit'

/**
 * Absolute paths of the files that patterns match within a workspace (absolute), each once and sorted; a pattern that starts
 * with `!` takes away what it matches, a folder's files too. UserErrors: RELEASE_NO_FILES for a pattern that matches no file,
 * RELEASE_FILE_OUTSIDE for a pattern or a link that leaves the workspace, RELEASE_FILE_UNREADABLE for a link that leads nowhere.
 */
export async function findFiles(workspace: string, patterns: readonly string[]): Promise<string[]> {
  const given = patterns.map(pattern => pattern.trim()).filter(Boolean)
  const excluded = new Set<string>()
  for (const pattern of given.filter(isExclusion))
    for (const path of await matches(workspace, pattern.slice(1).trim())) excluded.add(path)
  const isExcluded = (path: string) =>
    excluded.has(path) || [...excluded].some(folder => path.startsWith(folder + sep))
  const found = new Set<string>()
  for (const pattern of given.filter(pattern => !isExclusion(pattern))) {
    const files = await filesOf(workspace, pattern)
    const kept = files.filter(path => !isExcluded(path))
    if (kept.length === 0) throw noFiles(pattern, files.length > 0)
    for (const path of kept) found.add(path)
  }
  return [...found].sort().map(path => join(workspace, path))
}

const isExclusion = (pattern: string) => pattern.startsWith('!')

async function filesOf(workspace: string, pattern: string): Promise<string[]> {
  const files: string[] = []
  for (const path of await matches(workspace, pattern)) {
    const full = join(workspace, path)
    if (!(await stat(full).catch(error => refuseDangling(path, error))).isFile()) continue
    const target = await realpath(full)
    if (leaves(relative(await realpath(workspace), target))) {
      throw new UserError(
        `RELEASE_FILE_OUTSIDE: ${path} is a link to ${target}, outside of the workspace; copy the file into the workspace`,
      )
    }
    files.push(path)
  }
  return files
}

/** Only a link is listed and yet has no file: what it stood for would be missing from the release. */
function refuseDangling(path: string, error: NodeJS.ErrnoException): never {
  if (error.code !== 'ENOENT') throw error
  throw new UserError(
    `RELEASE_FILE_UNREADABLE: ${path} is a link to a file that is not there; remove the link`,
  )
}

/** Paths relative to the workspace. */
async function matches(workspace: string, pattern: string): Promise<string[]> {
  const within = isAbsolute(pattern) ? relative(workspace, pattern) : pattern
  if (leaves(within) || within.split(/[\\/]/).includes('..')) {
    throw new UserError(
      `RELEASE_FILE_OUTSIDE: pattern "${pattern}" leaves the workspace; give files in it, relative to it`,
    )
  }
  const paths: string[] = []
  for await (const path of glob(within, { cwd: workspace })) paths.push(path)
  return paths
}

function leaves(path: string): boolean {
  return isAbsolute(path) || path === '..' || path.startsWith(`..${sep}`)
}

function noFiles(pattern: string, hadSome: boolean): UserError {
  return new UserError(
    hadSome
      ? `RELEASE_NO_FILES: pattern "${pattern}" matches only files that a line with ! takes away; change one of them`
      : `RELEASE_NO_FILES: pattern "${pattern}" matches no file; did the job download the build artifact?`,
  )
}
