import * as actionsExec from '@actions/exec'

export interface Executed {
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
  /** Wall time of the process in ms. */
  readonly ms: number
}

export interface ExecOptions {
  readonly cwd?: string
  /** The whole environment of the child; the action's own when absent. */
  readonly env?: Readonly<Record<string, string>>
  /** `live` prints command and output as they come; `quiet` prints nothing. */
  readonly show?: 'live' | 'quiet'
  readonly input?: string
}

/**
 * Runs a program with an argument vector (never through a shell) and returns what it printed and its exit code;
 * a code other than 0 is a result, not an exception. Throws only when the program cannot be started.
 */
export async function exec(
  program: string,
  args: readonly string[],
  options: ExecOptions = {},
): Promise<Executed> {
  const started = performance.now()
  const { exitCode, stdout, stderr } = await actionsExec.getExecOutput(quoteForExec(program), [...args], {
    ignoreReturnCode: true,
    silent: options.show !== 'live',
    ...(options.cwd ? { cwd: options.cwd } : {}),
    ...(options.env ? { env: { ...options.env } } : {}),
    ...(options.input !== undefined ? { input: Buffer.from(options.input) } : {}),
  })
  return { exitCode, stdout, stderr, ms: performance.now() - started }
}

/** @actions/exec splits its first argument at white space, so a path with spaces has to be quoted. */
function quoteForExec(program: string): string {
  return /\s/.test(program) ? `"${program}"` : program
}

/** The last `count` lines of a program's output, for the end of an error message. */
export function lastLines(text: string, count: number): string {
  return text.trimEnd().split(/\r?\n/).slice(-count).join('\n')
}
