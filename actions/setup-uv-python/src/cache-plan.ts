import { existsSync } from 'node:fs'
import { type CacheKey, cacheKey, lockHash, setHash, unlockedHash } from './cache-key.ts'
import {
  type CacheMount,
  canLink,
  chooseMount,
  configuredMount,
  existingParent,
  mountCandidates,
} from './cache-mount.ts'
import { type CachePolicy, cachePolicy } from './cache-policy.ts'
import { archiveVersion, type Compression, compressionOf } from './cache-service.ts'
import type { PythonSearch } from './find-python.ts'
import type { SetupInputs } from './inputs.ts'
import type { InstallPlan } from './install-plan.ts'
import { type Project, uvSettings } from './project.ts'
import { wantedPython } from './python-interpreter.ts'
import { isOnPath, type Runner } from './runner.ts'

/** Everything about the cache that is known before uv is there. */
export interface CachePlan {
  readonly policy: CachePolicy
  readonly mount: CacheMount
  /** What an entry holds. */
  readonly path: string
  readonly key: CacheKey
  readonly compression: Compression
  readonly version: string
}

export interface CachePlanFacts {
  readonly inputs: SetupInputs
  readonly runner: Runner
  readonly project: Project
  readonly plan: InstallPlan
  readonly search: PythonSearch
  /** Absolute. */
  readonly venv: string
}

/** Decides on policy, directory and key. The only effect is the trial of hard links. */
export function planCache(facts: CachePlanFacts): CachePlan {
  const { inputs, runner, venv } = facts
  const policy = cachePolicy(inputs.cache.mode, inputs.install, runner.env)
  const mount = mountFor(policy, facts)
  const path = inputs.cache.content === 'venv' ? venv : mount.directory
  const compression = compressionOf(isOnPath('zstd', runner))
  return {
    policy,
    mount,
    path,
    compression,
    key: keyFor(facts),
    version: archiveVersion([path], compression, runner.platform.os),
  }
}

function mountFor(policy: CachePolicy, { inputs, runner, project, venv }: CachePlanFacts): CacheMount {
  const configured = configuredMount({
    environment: runner.env.UV_CACHE_DIR,
    setting: uvSettings(project)['cache-dir'],
    workingDirectory: inputs.workingDirectory,
  })
  if (configured) return configured
  const { selfHosted, temp, workspace } = runner
  const candidates = mountCandidates({ policy: policy.kind, selfHosted, runnerTemp: temp, workspace })
  const target = existingParent(venv, existsSync)
  return chooseMount(candidates, directory => canLink(directory, target))
}

function keyFor({ inputs, runner, project, plan, search, venv }: CachePlanFacts): CacheKey {
  const { minor, freeThreaded } = pythonOf(search)
  const python = search.kind === 'found' ? search.python : { version: search.wanted.text, path: 'managed' }
  const identity = { pythonVersion: python.version, pythonPath: python.path, venv }
  return cacheKey({
    image: runner.image,
    arch: runner.platform.arch,
    libc: runner.platform.libc,
    pythonMinor: minor,
    freeThreaded,
    set: setHash(inputs.set, inputs.cache.content, inputs.cache.content === 'venv' ? identity : undefined),
    lock:
      plan.kind === 'sync' && project.lock
        ? lockHash(project.lock.lock)
        : unlockedHash(tablesOf(project), new Date()),
    suffix: inputs.cache.suffix,
  })
}

function tablesOf({ pyproject }: Project) {
  const { dependencies, extras, groups, buildSystem } = pyproject
  return { dependencies, extras, groups, buildSystem: buildSystem ?? null }
}

function pythonOf(search: PythonSearch): { minor: string; freeThreaded: boolean } {
  if (search.kind === 'managed') return search.wanted
  return { minor: wantedPython(search.python.version).minor, freeThreaded: search.python.freeThreaded }
}
