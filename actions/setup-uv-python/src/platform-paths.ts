import { posix, win32 } from 'node:path'

interface PythonBuild {
  /** `3.11.9` */
  readonly version: string
  readonly freeThreaded: boolean
}

/** The rules of paths for one operating system, so that those of Windows can be tested anywhere. */
export interface PlatformPaths {
  readonly path: typeof posix | typeof win32
  /** Directory of a virtual environment that holds its programs. */
  readonly venvPrograms: (venv: string) => string
  readonly venvPython: (venv: string) => string
  /** Directory with the packages of an environment; on Windows it does not name the version. */
  readonly sitePackages: (venv: string, python: PythonBuild) => string
  /** File names of an interpreter on PATH, most exact first. */
  readonly pythonNames: (minor: string, freeThreaded: boolean) => readonly string[]
  /** Interpreters inside a Python of the tool cache, most exact first. */
  readonly toolCachePython: (root: string, minor: string, freeThreaded: boolean) => readonly string[]
  /** Directories that make an interpreter and its scripts usable, the one that wins last. */
  readonly pythonDirectories: (python: string) => readonly string[]
  readonly pathSeparator: ':' | ';'
}

const unix: PlatformPaths = {
  path: posix,
  venvPrograms: venv => posix.join(venv, 'bin'),
  venvPython: venv => posix.join(venv, 'bin', 'python'),
  sitePackages: (venv, { version, freeThreaded }) => {
    const minor = version.split('.').slice(0, 2).join('.')
    return posix.join(venv, 'lib', `python${minor}${freeThreaded ? 't' : ''}`, 'site-packages')
  },
  pythonNames: (minor, freeThreaded) =>
    freeThreaded ? [`python${minor}t`, `python${minor}`] : [`python${minor}`, 'python3', 'python'],
  toolCachePython: (root, minor, freeThreaded) =>
    (freeThreaded ? [`python${minor}t`, `python${minor}`, 'python'] : [`python${minor}`, 'python']).map(
      name => posix.join(root, 'bin', name),
    ),
  pythonDirectories: python => [posix.dirname(python)],
  pathSeparator: ':',
}

const windows: PlatformPaths = {
  path: win32,
  venvPrograms: venv => win32.join(venv, 'Scripts'),
  venvPython: venv => win32.join(venv, 'Scripts', 'python.exe'),
  sitePackages: venv => win32.join(venv, 'Lib', 'site-packages'),
  pythonNames: (minor, freeThreaded) =>
    freeThreaded
      ? [`python${minor}t.exe`, 'python.exe']
      : [`python${minor}.exe`, 'python3.exe', 'python.exe'],
  toolCachePython: (root, minor, freeThreaded) =>
    (freeThreaded ? [`python${minor}t.exe`, 'python.exe'] : ['python.exe']).map(name =>
      win32.join(root, name),
    ),
  pythonDirectories: python => [win32.join(win32.dirname(python), 'Scripts'), win32.dirname(python)],
  pathSeparator: ';',
}

/** The rules of `process.platform`. */
export function platformPaths(platform: NodeJS.Platform): PlatformPaths {
  return platform === 'win32' ? windows : unix
}
