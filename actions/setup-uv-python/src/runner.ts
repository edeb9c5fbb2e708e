import { accessSync, constants, readFileSync, statSync } from 'node:fs'
import { release, tmpdir } from 'node:os'
import { detectPlatform, type Platform } from '@tokenledger/tool-install'
import { imageName } from './cache-key.ts'
import { callersEnvironment } from './environment.ts'
import { type PlatformPaths, platformPaths } from './platform-paths.ts'

/** What the runner of this job says about itself. */
export interface Runner {
  /** The environment without what an earlier run of this action exported. */
  readonly env: Readonly<Record<string, string>>
  readonly workspace: string
  readonly temp: string
  /** RUNNER_TOOL_CACHE; undefined when there is none or, on musl, when its builds would not run. */
  readonly pythonToolCache: string | undefined
  readonly pathVariable: string
  readonly selfHosted: boolean
  readonly platform: Platform
  readonly paths: PlatformPaths
  /** The machine part of the cache key. */
  readonly image: string
  /** Longest time without a byte of a cache entry, in ms. */
  readonly stallMs: number
}

/** Reads the runner's variables once. */
export function readRunner(environment: NodeJS.ProcessEnv): Runner {
  const env = callersEnvironment(environment)
  const platform = detectPlatform()
  return {
    env,
    workspace: env.GITHUB_WORKSPACE ?? process.cwd(),
    temp: env.RUNNER_TEMP ?? tmpdir(),
    pythonToolCache: platform.libc === 'musl' ? undefined : env.RUNNER_TOOL_CACHE,
    pathVariable: environment.PATH ?? '',
    selfHosted: env.RUNNER_ENVIRONMENT === 'self-hosted',
    platform,
    paths: platformPaths(platform.os),
    image: imageName({
      imageOs: env.ImageOS,
      osRelease: platform.os === 'linux' ? textOf('/etc/os-release') : '',
      platform: platform.os,
      release: release(),
    }),
    stallMs: Number(env.TOKENLEDGER_CACHE_STALL_MS) || 10_000,
  }
}

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8')
  } catch {
    return ''
  }
}

/** Whether a path is a file that may be run. */
export function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

/** Whether a program of this name is in a directory of PATH. */
export function isOnPath(name: string, { pathVariable, paths, platform }: Runner): boolean {
  const file = platform.os === 'win32' ? `${name}.exe` : name
  const directories = pathVariable.split(paths.pathSeparator).filter(Boolean)
  return directories.some(directory => isProgram(paths.path.join(directory, file)))
}
