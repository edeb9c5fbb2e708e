import { type ChildProcess, spawn } from 'node:child_process'
import { OWN_GROUP, signalGroup } from '@tokenledger/kit'
import { redactLines } from '../database/redact-lines.ts'

export interface ChildOptions {
  readonly cwd: string
  /** The whole environment of the child. */
  readonly env: Readonly<Record<string, string>>
  readonly redact: (text: string) => string
  /** Gets each line of both streams as it comes, redacted, without its end. */
  readonly onLine: (line: string) => void
  /** Ends the child and its children: SIGINT, SIGTERM after the grace, SIGKILL after another one. */
  readonly signal: AbortSignal
  /** ms; default 3000, within what GitHub leaves a cancelled step. */
  readonly graceMs?: number
  /** Gives the child file descriptor 3, which ends when this process does, however it ends. Not on Windows. */
  readonly lifeline?: boolean
}

export interface ChildResult {
  /** 128 and the signal's number is not known here: a child that a signal ended has 1. */
  readonly exitCode: number
  /** The last lines of both streams, redacted. */
  readonly lines: readonly string[]
  /** ms */
  readonly ms: number
}

/** Enough for a traceback of chained exceptions. */
const KEPT_LINES = 2000
const GRACE_MS = 3000

/**
 * Runs a program without a shell and without standard input, in a process group of its own, and hands its output on line by
 * line with the secrets taken out. An exit code other than 0 is a result; throws only when the program cannot be started.
 */
export function runRedacted(
  program: string,
  args: readonly string[],
  options: ChildOptions,
): Promise<ChildResult> {
  const { cwd, env, signal, lifeline = false } = options
  const started = performance.now()
  const lines: string[] = []
  const keep = (line: string) => {
    lines.push(line)
    if (lines.length > 2 * KEPT_LINES) lines.splice(0, KEPT_LINES)
    options.onLine(line)
  }
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      env,
      stdio: ['ignore', 'pipe', 'pipe', ...(lifeline && OWN_GROUP ? ['pipe' as const] : [])],
      detached: OWN_GROUP,
      windowsHide: true,
    })
    for (const stream of [child.stdout, child.stderr]) {
      if (!stream) continue
      const writer = redactLines(options.redact, text => {
        for (const line of text.replace(/\r?\n$/, '').split(/\r?\n/)) keep(line)
      })
      stream.on('data', (chunk: Buffer) => writer.write(chunk)).on('end', () => writer.flush())
    }
    const stop = () => endInSteps(child, options.graceMs ?? GRACE_MS)
    if (signal.aborted) stop()
    signal.addEventListener('abort', stop, { once: true })
    const done = () => signal.removeEventListener('abort', stop)
    child.once('error', error => {
      done()
      reject(error)
    })
    child.once('close', code => {
      done()
      resolve({ exitCode: code ?? 1, lines: lines.slice(-KEPT_LINES), ms: performance.now() - started })
    })
  })
}

/** A group that has gone already is fine: each step then finds nobody. */
function endInSteps(child: ChildProcess, graceMs: number): void {
  signalGroup(child, 'SIGINT')
  const timers = [
    setTimeout(() => signalGroup(child, 'SIGTERM'), graceMs),
    setTimeout(() => signalGroup(child, 'SIGKILL'), 2 * graceMs),
  ]
  child.once('close', () => timers.forEach(clearTimeout))
}
