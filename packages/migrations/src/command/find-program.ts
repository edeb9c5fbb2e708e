import { constants } from 'node:fs'
import { access, stat } from 'node:fs/promises'
import { delimiter, isAbsolute, join, resolve } from 'node:path'

type Environment = Readonly<Record<string, string | undefined>>

/** The endings of programs on Windows that start without a shell; `.cmd` and `.bat` need one. */
const WINDOWS_ENDINGS = ['', '.exe', '.com']

/**
 * The absolute path of a program: a path is taken from `cwd`, a name is looked for in `folders` and then on PATH.
 * Undefined when there is none.
 */
export async function findProgram(
  program: string,
  {
    cwd,
    folders = [],
    env,
  }: { readonly cwd: string; readonly folders?: readonly string[]; readonly env: Environment },
): Promise<string | undefined> {
  if (/[/\\]/.test(program)) return firstProgram([resolve(cwd, program)])
  const path = (pathOf(env) ?? '').split(delimiter).filter(isAbsolute)
  return firstProgram([...folders, ...path].map(folder => join(folder, program)))
}

/** PATH; Windows spells it `Path`. */
function pathOf(env: Environment): string | undefined {
  return env[pathName(env)]
}

/** The name under which an environment has PATH. */
export function pathName(env: Environment): string {
  return Object.keys(env).find(name => name.toUpperCase() === 'PATH') ?? 'PATH'
}

async function firstProgram(paths: readonly string[]): Promise<string | undefined> {
  const endings = process.platform === 'win32' ? WINDOWS_ENDINGS : ['']
  for (const path of paths.flatMap(base => endings.map(ending => base + ending))) {
    if (await isProgram(path)) return path
  }
  return undefined
}

async function isProgram(path: string): Promise<boolean> {
  try {
    await access(path, constants.X_OK)
    return (await stat(path)).isFile()
  } catch {
    return false
  }
}
