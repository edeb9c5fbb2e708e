import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'

const PROGRAM = fileURLToPath(new URL('./runner.ts', import.meta.url))

export interface RunnerProcess {
  readonly pid: number
  /** Its exit code, or the signal that ended it, with all it has printed. */
  readonly ended: Promise<{
    readonly code: number | null
    readonly signal: string | null
    readonly output: string
  }>
  /** Waits until it has printed this. */
  printed(part: string): Promise<void>
  /** Waits until it has applied so many files, or has ended. */
  applied(count: number): Promise<void>
  kill(signal: NodeJS.Signals): void
}

/** Starts a runner on Node's own TypeScript. */
export function startRunner(url: string, root: string): RunnerProcess {
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', PROGRAM, url, root], {
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let seen = ''
  child.stdout.on('data', chunk => {
    seen += chunk
  })
  const errors = text(child.stderr)
  const closed = once(child, 'close')
  return {
    pid: child.pid ?? 0,
    ended: closed.then(async ([code, signal]) => ({ code, signal, output: seen + (await errors) })),
    printed: async part => {
      while (!seen.includes(part)) {
        await Promise.race([once(child.stdout, 'data'), closed])
        if (child.exitCode !== null && !seen.includes(part))
          throw new Error(`It ended without "${part}":\n${seen}`)
      }
    },
    applied: async count => {
      while (child.exitCode === null && seen.split('\napplied ').length <= count)
        await Promise.race([once(child.stdout, 'data'), closed])
    },
    kill: signal => child.kill(signal),
  }
}
