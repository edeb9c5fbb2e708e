import type { ProjectPlace } from '../tool.ts'
import { readGitAt } from './git.ts'

/** The commit that a file's present state comes from. */
export interface LastChange {
  /** Abbreviated hash. */
  readonly commit: string
  /** True when the work tree differs from that commit. */
  readonly uncommitted: boolean
}

/**
 * The commit that last changed, or deleted, a path (relative to the checkout). Undefined where nobody can tell: no git,
 * a path that git never knew, or a shallow clone, whose oldest commit looks as if it had added every file
 * (git-rev-parse, `--is-shallow-repository`).
 */
export async function lastChange({ root }: ProjectPlace, path: string): Promise<LastChange | undefined> {
  const git = readGitAt(root)
  const [log, status, shallow] = await Promise.all([
    git('log', '-1', '--format=%h %p', '--', path),
    git('status', '--porcelain', '--no-renames', '--', path),
    isShallow(root),
  ])
  const [commit, ...parents] = (log ?? '').trim().split(' ')
  if (!commit || status === undefined || (shallow && parents.length === 0)) return undefined
  return { commit, uncommitted: status.trim() !== '' }
}

/** {@link lastChange} of several paths, without those that nobody can tell. */
export async function lastChanges(
  place: ProjectPlace,
  paths: readonly string[],
): Promise<Map<string, LastChange>> {
  const found = new Map<string, LastChange>()
  for (const path of paths) {
    const change = await lastChange(place, path)
    if (change) found.set(path, change)
  }
  return found
}

/** `last changed in a1b2c3d`; empty when nobody can tell. */
export function inWords(change: LastChange | undefined, verb: 'last changed' | 'deleted'): string {
  if (!change) return ''
  return change.uncommitted ? `${verb} after ${change.commit}, not committed` : `${verb} in ${change.commit}`
}

/** True when the clone was cut at some depth. */
export async function isShallow(root: string): Promise<boolean> {
  return (await readGitAt(root)('rev-parse', '--is-shallow-repository'))?.trim() === 'true'
}
