import { linkSync, mkdirSync, unlinkSync, writeFileSync } from 'node:fs'
import { dirname, isAbsolute, join, resolve } from 'node:path'
import type { CachePolicy } from './cache-policy.ts'

/** The directory that uv keeps its cache in during this job. */
export interface CacheMount {
  readonly directory: string
  /** `chosen` is exported as UV_CACHE_DIR; a directory that somebody configured is left alone. */
  readonly from: 'UV_CACHE_DIR' | 'cache-dir of uv' | 'chosen'
  /** `copy` when no directory can hard-link into the environment; uv would warn about each package otherwise. */
  readonly linkMode: 'default' | 'copy'
}

interface Configuration {
  readonly environment: string | undefined
  /** `cache-dir` of uv.toml or `[tool.uv]`, whichever counts. */
  readonly setting: unknown
  readonly workingDirectory: string
}

/** The cache directory that the caller or the project has set, or undefined. */
export function configuredMount({
  environment,
  setting,
  workingDirectory,
}: Configuration): CacheMount | undefined {
  if (environment) {
    return { directory: resolve(workingDirectory, environment), from: 'UV_CACHE_DIR', linkMode: 'default' }
  }
  if (typeof setting !== 'string' || !setting) return undefined
  return { directory: resolve(workingDirectory, setting), from: 'cache-dir of uv', linkMode: 'default' }
}

interface Machine {
  readonly policy: CachePolicy['kind']
  readonly selfHosted: boolean
  readonly runnerTemp: string
  readonly workspace: string
}

/**
 * Where the cache may live, best first. `RUNNER_TEMP` ends with the job; in a container it is a mount of its own, and only
 * the directory above the workspace can hard-link. That one outlives the job on a self-hosted runner, so a job whose cache
 * is off for its event stays out of it there.
 */
export function mountCandidates({ policy, selfHosted, runnerTemp, workspace }: Machine): string[] {
  const ending = join(runnerTemp, 'tokenledger-uv')
  const lasting = join(dirname(dirname(workspace)), '_tokenledger', 'uv')
  if (policy === 'local') return [lasting]
  return selfHosted ? [ending] : [ending, lasting]
}

/** The first candidate that links; without one the first of all, with copies. */
export function chooseMount(
  candidates: readonly string[],
  links: (directory: string) => boolean,
): CacheMount {
  const linking = candidates.find(links)
  return {
    directory: linking ?? candidates[0] ?? '',
    from: 'chosen',
    linkMode: linking === undefined ? 'copy' : 'default',
  }
}

/** Tries a hard link from `directory` (made if absent) to `target`, since one file system can be two mounts. */
export function canLink(directory: string, target: string): boolean {
  const name = `.tokenledger-link-${process.pid}`
  const [from, to] = [join(directory, name), join(target, name)]
  try {
    mkdirSync(directory, { recursive: true })
    writeFileSync(from, '')
  } catch {
    return false
  }
  try {
    linkSync(from, to)
    unlinkSync(to)
    return true
  } catch {
    return false
  } finally {
    unlinkSync(from)
  }
}

/** The nearest directory above a path that exists, by the given test. */
export function existingParent(path: string, exists: (directory: string) => boolean): string {
  const parent = dirname(path)
  return exists(parent) || parent === path || !isAbsolute(parent) ? parent : existingParent(parent, exists)
}
