import { stripVTControlCharacters } from 'node:util'
import { exec, lastLines, UserError } from '@tokenledger/kit'

export interface CliffRun {
  readonly program: string
  readonly cwd: string
  /** A folder that stands for the user's home: without settings, and without anything to read. */
  readonly home: string
  readonly args: readonly string[]
  /** Settings of git-cliff by variables. */
  readonly env?: Readonly<Record<string, string>>
}

/** What git-cliff, or a command of its configuration, gets to see: no token of the job is among it. */
const PASSED_ON = process.platform === 'win32' ? ['PATH', 'SYSTEMROOT', 'TEMP', 'TMP', 'PATHEXT'] : ['PATH']

/** Runs git-cliff and returns what it printed. A UserError with its last lines when it fails, also by a panic (exit 101). */
export async function runGitCliff({ program, cwd, home, args, env: settings }: CliffRun): Promise<string> {
  const env = { ...environment(process.env, home), ...settings }
  const { exitCode, stdout, stderr } = await exec(program, args, { cwd, env }).catch((error: Error) => ({
    exitCode: 127,
    stdout: '',
    stderr: error.message,
  }))
  if (exitCode === 0) return stdout
  const words = lastLines(stripVTControlCharacters(stderr).trim(), 10)
  throw new UserError(`NOTES_GIT_CLIFF: exit ${exitCode}: ${words || 'no message'}`)
}

function environment(own: NodeJS.ProcessEnv, home: string): Record<string, string> {
  const passed = Object.entries(own).flatMap(([name, value]) =>
    value !== undefined && PASSED_ON.includes(name.toUpperCase()) ? [[name, value]] : [],
  )
  return { ...Object.fromEntries(passed), HOME: home, LANG: own.LANG ?? 'C.UTF-8' }
}
