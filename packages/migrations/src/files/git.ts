import { exec } from '@tokenledger/kit'

/** Runs git on a checkout for reading; undefined when git is missing, refuses, or finds nothing. */
export type ReadGit = (...args: readonly string[]) => Promise<string | undefined>

/**
 * Settings for every call. Paths are no patterns. In a container the checkout belongs to another account, which git
 * refuses before anything else (safe.directory); reading it is what the workflow asked for, and programs that the
 * checkout's configuration could start are turned off here and by the callers' `--no-ext-diff --no-textconv`.
 */
const SETTINGS = [
  '--literal-pathspecs',
  ...['safe.directory=*', 'core.fsmonitor=false', 'core.quotePath=false', 'diff.renameLimit=5000'].flatMap(
    setting => ['-c', setting],
  ),
]

/** Variables by which a hook, or an outer git, would send this one to another repository. */
const OF_ANOTHER_REPOSITORY = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_PREFIX',
  'GIT_CEILING_DIRECTORIES',
]

/** git in the checkout at `root`, without locks, prompts, network and translated messages. */
export function gitAt(root: string): ReadGit {
  const env: Record<string, string> = {
    ...(process.env as Record<string, string>),
    LC_ALL: 'C',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_TERMINAL_PROMPT: '0',
    GIT_NO_LAZY_FETCH: '1',
  }
  for (const name of OF_ANOTHER_REPOSITORY) delete env[name]
  return async (...args) => {
    try {
      const { exitCode, stdout } = await exec('git', [...SETTINGS, ...args], { cwd: root, env })
      return exitCode === 0 ? stdout : undefined
    } catch {
      return undefined // no git on this machine
    }
  }
}

/** The items of output that was asked for with `-z`. */
export function items(output: string | undefined): string[] {
  return (output ?? '').split('\0').filter(item => item !== '')
}
