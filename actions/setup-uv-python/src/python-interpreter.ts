import type { PlatformPaths } from './platform-paths.ts'

/** A Python version that is wanted, taken apart. */
export interface WantedPython {
  /** As asked for: `3.11`, `3.11.7`, `3.13t`. */
  readonly text: string
  readonly minor: string
  /** Given when an exact version is wanted. */
  readonly exact: string | undefined
  readonly freeThreaded: boolean
}

/** An interpreter that exists on this machine. */
export interface FoundPython {
  readonly path: string
  /** Full version, `3.11.9`. */
  readonly version: string
  readonly freeThreaded: boolean
  readonly source: 'tool-cache' | 'system'
}

/** Takes `3.11`, `3.11.7` or `3.13t` apart. */
export function wantedPython(text: string): WantedPython {
  const release = text.replace(/t$/, '')
  const [major, minor, patch] = release.split('.')
  return {
    text,
    minor: `${major}.${minor}`,
    exact: patch === undefined ? undefined : release,
    freeThreaded: text.endsWith('t'),
  }
}

interface Version {
  readonly numbers: readonly [number, number, number]
  /** `rc.2`, or empty for a release. */
  readonly pre: string
}

/** Reads the names of the tool cache (`3.14.0-rc.2`) and of Python itself (`3.14.0rc2`); others give undefined. */
export function parseVersion(text: string): Version | undefined {
  const [, major, minor, patch, pre = ''] =
    /^(\d+)\.(\d+)\.(\d+)(?:-?((?:alpha|beta|a|b|rc)\.?\d+))?\+?$/.exec(text) ?? []
  return major === undefined ? undefined : { numbers: [Number(major), Number(minor), Number(patch)], pre }
}

/** One Python of the tool cache: `<root>/Python/<version>/<arch>[-freethreaded]` with its mark of completeness. */
export interface ToolCachePython {
  readonly version: string
  /** `x64`, `arm64`, `x64-freethreaded`. */
  readonly directory: string
  readonly complete: boolean
}

/**
 * The newest complete Python of the tool cache that fits. A pre-release is taken only where no release of the minor is
 * there; an exact version is matched as it is.
 */
export function fromToolCache(
  entries: readonly ToolCachePython[],
  wanted: WantedPython,
  arch: string,
): ToolCachePython | undefined {
  const directory = wanted.freeThreaded ? `${arch}-freethreaded` : arch
  const fitting = entries.filter(
    entry => entry.complete && entry.directory === directory && fits(entry.version, wanted),
  )
  return fitting.sort((a, b) => newestFirst(a.version, b.version))[0]
}

/** Whether a full version is of the wanted minor, or is the wanted exact version. */
export function fits(version: string, wanted: WantedPython): boolean {
  const parsed = parseVersion(version)
  if (!parsed) return false
  if (wanted.exact !== undefined) return parsed.pre === '' && parsed.numbers.join('.') === wanted.exact
  return parsed.numbers.slice(0, 2).join('.') === wanted.minor
}

function newestFirst(a: string, b: string): number {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  if (!left || !right) return left ? -1 : 1
  if ((left.pre === '') !== (right.pre === '')) return left.pre === '' ? -1 : 1
  for (let i = 0; i < 3; i++) {
    const difference = (right.numbers[i] ?? 0) - (left.numbers[i] ?? 0)
    if (difference !== 0) return difference
  }
  return right.pre.localeCompare(left.pre, 'en', { numeric: true })
}

/** The files on PATH that may be the wanted Python, exact names of all directories first; nothing is run. */
export function pathCandidates(
  pathVariable: string,
  wanted: WantedPython,
  paths: PlatformPaths,
  isProgram: (file: string) => boolean,
): string[] {
  const directories = pathVariable
    .split(paths.pathSeparator)
    .map(directory => directory.replace(/^"(.*)"$/, '$1'))
    // The programs in this directory are advertisements of the Windows store.
    .filter(directory => directory && !/[\\/]WindowsApps[\\/]?$/i.test(directory))
  const files = paths
    .pythonNames(wanted.minor, wanted.freeThreaded)
    .flatMap(name => directories.map(directory => paths.path.join(directory, name)))
  return [...new Set(files)].filter(isProgram)
}

/** What an interpreter says about itself when it is asked with {@link QUESTION}. */
export interface InterpreterAnswer {
  readonly implementation: string
  readonly version: string
  readonly path: string
  readonly freeThreaded: boolean
}

/** A program of one line; inside a virtual environment the interpreter that the environment stands on answers. */
export const QUESTION = [
  'import sys, sysconfig',
  'v = sys.version_info',
  "pre = '' if v[3] == 'final' else {'alpha': 'a', 'beta': 'b', 'candidate': 'rc'}[v[3]] + str(v[4])",
  "ft = bool(sysconfig.get_config_var('Py_GIL_DISABLED'))",
  "print(sys.implementation.name, '%d.%d.%d' % v[:3] + pre, int(ft), getattr(sys, '_base_executable', None) or sys.executable, sep='|')",
].join('; ')

/** Reads the answer to {@link QUESTION}; undefined when it is none (a shim of a version manager that found nothing). */
export function readAnswer(stdout: string): InterpreterAnswer | undefined {
  const [implementation, version, freeThreaded, ...path] = (stdout.trim().split(/\r?\n/).at(-1) ?? '').split(
    '|',
  )
  if (!implementation || !version || path.length === 0) return undefined
  return { implementation, version, freeThreaded: freeThreaded === '1', path: path.join('|') }
}

/** The interpreter when it is a CPython of the wanted version and build; PyPy and GraalPy never are. */
export function accept(answer: InterpreterAnswer | undefined, wanted: WantedPython): FoundPython | undefined {
  if (answer?.implementation !== 'cpython' || answer.freeThreaded !== wanted.freeThreaded) return undefined
  if (!fits(answer.version, wanted)) return undefined
  const { path, version, freeThreaded } = answer
  return { path, version, freeThreaded, source: 'system' }
}
