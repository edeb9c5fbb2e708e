import { posix } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { BumpConfig, FileChange } from '../config/bump-config.ts'
import { globFilter } from './glob.ts'

/** A file with all that changes in it, in the order of the configuration. */
export interface Target {
  readonly path: string
  readonly changes: readonly FileChange[]
}

/**
 * The files that this bump changes: names and globs resolved, entries of one file together, and the entries left out
 * that `include_bumps` or `exclude_bumps` keep from this part.
 */
export function targetsOf(
  config: BumpConfig,
  part: string | undefined,
  list: () => readonly string[],
): Target[] {
  const targets = new Map<string, FileChange[]>()
  const entries = config.files.filter(change => isMeant(change, part))
  for (const change of entries) {
    const paths = change.glob ? globFilter(change.glob, change.globExclude)(list()) : [change.filename ?? '']
    for (const path of paths) {
      const normal = relativePath(path, config.path)
      targets.set(normal, [...(targets.get(normal) ?? []), change])
    }
  }
  return [...targets].map(([path, changes]) => ({ path, changes }))
}

function isMeant({ includeBumps, excludeBumps }: FileChange, part: string | undefined): boolean {
  if (part === undefined) return true
  return (includeBumps.length === 0 || includeBumps.includes(part)) && !excludeBumps.includes(part)
}

function relativePath(path: string, config: string): string {
  if (posix.isAbsolute(path) || /^[A-Za-z]:[\\/]/.test(path))
    throw new UserError(
      `BUMP_CONFIG_INVALID: ${config}: ${path} is absolute; name files relative to the folder of the package`,
    )
  return posix.normalize(path)
}
