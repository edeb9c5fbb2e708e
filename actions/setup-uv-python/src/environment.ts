import type { PlatformPaths } from './platform-paths.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Lists the variables that an earlier step of this action has exported, so that they count as ours and not as the caller's. */
export const OWN_EXPORTS = 'TOKENLEDGER_SETUP_EXPORTS'

/** The environment without the variables that an earlier run of this action left in it. */
export function callersEnvironment(env: Environment): Record<string, string> {
  const own = new Set([OWN_EXPORTS, ...(env[OWN_EXPORTS] ?? '').split(',')])
  return Object.fromEntries(
    Object.entries(env).filter(
      (entry): entry is [string, string] => entry[1] !== undefined && !own.has(entry[0]),
    ),
  )
}

export interface EnvironmentFacts {
  /** The caller's environment; a UV_* in it is never overwritten. */
  readonly caller: Environment
  readonly pythonPath: string
  readonly cacheDirectory: string | undefined
  readonly linkMode: 'default' | 'copy'
  /** Absolute; undefined when nothing is installed. */
  readonly venv: string | undefined
  /** True when uv would find the environment by itself (`.venv` beside pyproject.toml). */
  readonly venvIsDefault: boolean
  readonly activate: boolean
}

/** The variables for the steps that follow. */
export function variablesFor(facts: EnvironmentFacts): Record<string, string> {
  const wanted: Record<string, string | undefined> = {
    UV_PYTHON: facts.pythonPath,
    UV_CACHE_DIR: facts.cacheDirectory,
    UV_LINK_MODE: facts.linkMode === 'copy' ? 'copy' : undefined,
    UV_PROJECT_ENVIRONMENT: facts.venvIsDefault ? undefined : facts.venv,
  }
  const variables = Object.entries(wanted).filter(
    (entry): entry is [string, string] => entry[1] !== undefined && !facts.caller[entry[0]],
  )
  if (facts.activate && facts.venv !== undefined) variables.push(['VIRTUAL_ENV', facts.venv])
  return Object.fromEntries([...variables, [OWN_EXPORTS, variables.map(([name]) => name).join(',')]])
}

export interface PathFacts {
  readonly uvDirectory: string
  readonly venv: string | undefined
  readonly activate: boolean
  readonly python: { readonly path: string; readonly source: 'tool-cache' | 'system' | 'managed' }
}

/** Directories to put on PATH, the one that wins last: uv, then the environment, or Python itself where there is none. */
export function pathsFor({ uvDirectory, venv, activate, python }: PathFacts, paths: PlatformPaths): string[] {
  if (!activate) return [uvDirectory]
  if (venv !== undefined) return [uvDirectory, paths.venvPrograms(venv)]
  // A system Python is on PATH already, in a directory full of other programs.
  if (python.source === 'system') return [uvDirectory]
  return [uvDirectory, ...paths.pythonDirectories(python.path)]
}
