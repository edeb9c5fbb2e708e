import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { exec, messageOf, UserError } from '@tokenledger/kit'
import { allowsPython, type PythonRequest } from '@tokenledger/python-project'
import type { PlatformPaths } from './platform-paths.ts'
import {
  accept,
  type FoundPython,
  fromToolCache,
  type InterpreterAnswer,
  parseVersion,
  pathCandidates,
  QUESTION,
  readAnswer,
  type ToolCachePython,
  type WantedPython,
  wantedPython,
} from './python-interpreter.ts'
import { isProgram } from './runner.ts'

export type PythonSearch =
  | { readonly kind: 'found'; readonly python: FoundPython }
  /** Left to uv, which downloads one; `toolCacheHas` is for the message when it cannot. */
  | { readonly kind: 'managed'; readonly wanted: WantedPython; readonly toolCacheHas: readonly string[] }

export interface SearchPlace {
  /** RUNNER_TOOL_CACHE, or undefined where its builds cannot run (musl). */
  readonly toolCache: string | undefined
  /** Spelling of the tool cache: x64, arm64. */
  readonly arch: string
  readonly pathVariable: string
  readonly requiresPython: string | undefined
  readonly paths: PlatformPaths
}

/**
 * Looks for the wanted Python: a given path, then the tool cache by its directory names, then PATH. Programs are run only
 * on PATH, and only those whose name fits. A given path that is no CPython, or one outside of requires-python, is a UserError.
 */
export async function findPython(request: PythonRequest, place: SearchPlace): Promise<PythonSearch> {
  if (request.kind === 'path') return { kind: 'found', python: await givenPython(request, place) }
  const wanted = wantedPython(request.version)
  const entries = place.toolCache === undefined ? [] : listToolCache(place.toolCache)
  const python = inToolCache(entries, wanted, place) ?? (await onPath(wanted, place))
  if (python) return { kind: 'found', python }
  const complete = entries.filter(({ complete, directory }) => complete && directory.startsWith(place.arch))
  return {
    kind: 'managed',
    wanted,
    toolCacheHas: [...new Set(complete.map(({ version }) => version))].sort(),
  }
}

async function givenPython(
  request: Extract<PythonRequest, { kind: 'path' }>,
  { requiresPython }: SearchPlace,
): Promise<FoundPython> {
  const answer = await ask(request.path)
  if (answer instanceof Error || answer.implementation !== 'cpython') {
    const cause = answer instanceof Error ? answer.message : `it is ${answer.implementation}`
    throw new UserError(
      `"${request.path}" (${request.source}) is not a usable CPython: ${cause}. Give the path of an interpreter, or a version.`,
    )
  }
  requireAllowed(requiresPython, answer.version)
  const { version, freeThreaded } = answer
  return { path: request.path, version, freeThreaded, source: 'system' }
}

/** Stops with the message of an interpreter that the project does not support. */
function requireAllowed(requiresPython: string | undefined, version: string): void {
  if (allowsPython(requiresPython, version)) return
  throw new UserError(
    `Python ${version} does not satisfy requires-python "${requiresPython}" in pyproject.toml.`,
  )
}

function inToolCache(
  entries: readonly ToolCachePython[],
  wanted: WantedPython,
  { toolCache = '', arch, requiresPython, paths }: SearchPlace,
): FoundPython | undefined {
  const allowed = entries.filter(({ version }) => {
    const parsed = parseVersion(version)
    return parsed !== undefined && allowsPython(requiresPython, parsed.numbers.join('.'))
  })
  const entry = fromToolCache(allowed, wanted, arch)
  if (!entry) return undefined
  const root = join(toolCache, 'Python', entry.version, entry.directory)
  const path = paths.toolCachePython(root, wanted.minor, wanted.freeThreaded).find(file => existsSync(file))
  return path === undefined
    ? undefined
    : { path, version: entry.version, freeThreaded: wanted.freeThreaded, source: 'tool-cache' }
}

function listToolCache(toolCache: string): ToolCachePython[] {
  const root = join(toolCache, 'Python')
  return directoryNames(root).flatMap(version => {
    const names = directoryNames(join(root, version))
    return names
      .filter(name => !name.endsWith('.complete'))
      .map(directory => ({ version, directory, complete: names.includes(`${directory}.complete`) }))
  })
}

function directoryNames(directory: string): string[] {
  try {
    return readdirSync(directory)
  } catch {
    return []
  }
}

async function onPath(wanted: WantedPython, place: SearchPlace): Promise<FoundPython | undefined> {
  for (const candidate of pathCandidates(place.pathVariable, wanted, place.paths, isProgram)) {
    const answer = await ask(candidate)
    const python = answer instanceof Error ? undefined : accept(answer, wanted)
    if (python && allowsPython(place.requiresPython, python.version)) return python
  }
  return undefined
}

/** Asks an interpreter what it is. `-I -S` keeps the caller's settings and packages out, and the start short. */
export async function ask(python: string): Promise<InterpreterAnswer | Error> {
  try {
    const { exitCode, stdout, stderr } = await exec(python, ['-I', '-S', '-c', QUESTION])
    const answer = exitCode === 0 ? readAnswer(stdout) : undefined
    return answer ?? new Error(`exit ${exitCode}: ${stderr.trim().split('\n').at(-1) ?? ''}`)
  } catch (error) {
    return new Error(messageOf(error))
  }
}
