import { devNull } from 'node:os'
import { exec, lastLines, UserError } from '@tokenledger/kit'

/** Settings of the user's own git (hooks, signing, another editor) must not reach into a copy. */
function gitEnvironment(): Record<string, string> {
  const identity = { NAME: 'Local run', EMAIL: 'local-run@localhost' }
  return {
    PATH: process.env.PATH ?? '',
    HOME: process.env.HOME ?? '',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: devNull,
    GIT_AUTHOR_NAME: identity.NAME,
    GIT_AUTHOR_EMAIL: identity.EMAIL,
    GIT_COMMITTER_NAME: identity.NAME,
    GIT_COMMITTER_EMAIL: identity.EMAIL,
    GIT_TERMINAL_PROMPT: '0',
  }
}

/** What git prints, without the last line break. A UserError with git's message when it fails. */
export async function git(cwd: string, ...args: string[]): Promise<string> {
  const done = await exec('git', ['-c', `safe.directory=${cwd}`, ...args], { cwd, env: gitEnvironment() })
  if (done.exitCode === 0) return done.stdout.replace(/\n$/, '')
  throw new UserError(`git ${args[0]} failed in ${cwd}: ${lastLines(done.stderr, 3)}`)
}

/** The same, with undefined for a failure. */
export async function tryGit(cwd: string, ...args: string[]): Promise<string | undefined> {
  try {
    return await git(cwd, ...args)
  } catch {
    return undefined
  }
}
