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
  /** Waits until it has printed this, so many times; or, for more than once, until it has ended. */
  printed(part: string, times?: number): Promise<void>
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
    printed: async (part, times = 1) => {
      while (seen.split(part).length <= times) {
        await Promise.race([once(child.stdout, 'data'), closed])
        if (child.exitCode === null) continue
        if (times === 1 && !seen.includes(part)) throw new Error(`It ended without "${part}":\n${seen}`)
        return
      }
    },
    kill: signal => child.kill(signal),
  }
}
