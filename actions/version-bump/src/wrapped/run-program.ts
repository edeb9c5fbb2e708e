import { type ChildProcess, spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { OWN_GROUP, signalGroup } from '@tokenledger/kit'

export interface ProgramOptions {
  readonly cwd: string
  /** The whole environment of the program. */
  readonly env: Readonly<Record<string, string>>
  /** Ends the program and its children: SIGTERM, and SIGKILL after the grace. */
  readonly signal: AbortSignal
  /** For its standard input, which is empty without. */
  readonly input?: string
}

export interface ProgramResult {
  /** 1 for a program that a signal ended. */
  readonly exitCode: number
  readonly stdout: string
  readonly stderr: string
}

/** ms; GitHub leaves a cancelled step 10 s in all. */
const GRACE_MS = 2000

/**
 * Runs a program without a shell, in a process group of its own. An exit code other than 0 is a result; throws only when the
 * program cannot be started.
 */
export async function runProgram(
  program: string,
  args: readonly string[],
  { cwd, env, signal, input = '' }: ProgramOptions,
): Promise<ProgramResult> {
  signal.throwIfAborted()
  const child = spawn(program, args, {
    cwd,
    env,
    stdio: 'pipe',
    detached: OWN_GROUP,
    windowsHide: true,
  })
  // A program that ends before it has read everything says why by its exit code.
  child.stdin.on('error', () => undefined).end(input)
  const stop = () => endInSteps(child)
  signal.addEventListener('abort', stop, { once: true })
  try {
    const [stdout, stderr, exitCode] = await Promise.all([
      text(child.stdout),
      text(child.stderr),
      exitCodeOf(child),
    ])
    return { exitCode, stdout, stderr }
  } finally {
    signal.removeEventListener('abort', stop)
  }
}

function exitCodeOf(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject)
    child.once('close', code => resolve(code ?? 1))
  })
}

function endInSteps(child: ChildProcess): void {
  signalGroup(child, 'SIGTERM')
  const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), GRACE_MS)
  child.once('close', () => clearTimeout(timer))
}
