import { readFile } from 'node:fs/promises'
import { devNull, homedir } from 'node:os'
import { dirname, posix, win32 } from 'node:path'
import type { Platform } from './platform.ts'

export interface PipSurroundings {
  readonly env: NodeJS.ProcessEnv
  readonly os: Platform['os']
  /** The home directory of the user; the process's own when absent. */
  readonly home?: string
  /** Interpreter whose environment's own configuration counts too. */
  readonly python?: string
}

/** The `index-url` of pip's configuration files, as pip itself would use it for a download; undefined when none sets one. */
export async function pipIndexUrl(surroundings: PipSurroundings): Promise<string | undefined> {
  for (const path of configurationFiles(surroundings)) {
    const text = await readFile(path, 'utf8').catch(() => '')
    const url = indexUrlIn(text)
    if (url) return url
  }
  return undefined
}

/** pip's configuration files, the one that wins first: PIP_CONFIG_FILE, environment, user, machine (pip's topic page). */
export function configurationFiles({ env, os, home = homedir(), python }: PipSurroundings): string[] {
  const own = env.PIP_CONFIG_FILE
  // pip's documented way to switch all of them off.
  if (own && (own === devNull || own === '/dev/null')) return []
  const { join, isAbsolute } = os === 'win32' ? win32 : posix
  const name = os === 'win32' ? 'pip.ini' : 'pip.conf'
  // A bare command name says nothing about its environment, and "./pip.conf" would be the checkout's.
  const prefix = python && isAbsolute(python) ? environmentOf(python, os) : env.VIRTUAL_ENV
  const places = {
    win32: [
      env.APPDATA && join(env.APPDATA, 'pip'),
      join(home, 'pip'),
      join(env.PROGRAMDATA || 'C:\\ProgramData', 'pip'),
    ],
    darwin: [
      join(home, 'Library', 'Application Support', 'pip'),
      join(home, '.config', 'pip'),
      join(home, '.pip'),
      '/Library/Application Support/pip',
    ],
    linux: [
      join(env.XDG_CONFIG_HOME || join(home, '.config'), 'pip'),
      join(home, '.pip'),
      '/etc',
      ...(env.XDG_CONFIG_DIRS || '/etc/xdg').split(':').map(directory => join(directory, 'pip')),
    ],
  }[os]
  const directories = [prefix, ...places].filter(directory => directory) as string[]
  return [...(own ? [own] : []), ...directories.map(directory => join(directory, name))]
}

/**
 * The `index-url` in a configuration file's text: of `[download]`, else of `[global]`. The files are Python's INI dialect:
 * `key = value` or `key: value`, whole-line comments, `_` and `-` alike.
 */
export function indexUrlIn(text: string): string | undefined {
  const found = new Map<string, string>()
  let section = ''
  for (const line of text.split(/\r?\n/)) {
    if (/^\s*([#;]|$)/.test(line)) continue
    section = /^\[(.+)\]/.exec(line)?.[1]?.toLowerCase() ?? section
    const [, key, value] = /^([\w-]+)\s*[=:]\s*(.*?)\s*$/.exec(line) ?? []
    if (value && key?.toLowerCase().replaceAll('_', '-') === 'index-url') found.set(section, value)
  }
  return found.get('download') ?? found.get('global')
}

function environmentOf(python: string, os: Platform['os']): string {
  if (os !== 'win32') return dirname(dirname(python))
  const directory = win32.dirname(python)
  return win32.basename(directory).toLowerCase() === 'scripts' ? win32.dirname(directory) : directory
}
