import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { constants } from 'node:os'
import { join } from 'node:path'
import { STARTER } from './engine-files.ts'

const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/**
 * Starts packages/tools/start.mjs below `root` in this terminal, and gives its exit code. The terminal sends Ctrl-C to both; a signal
 * to this process alone is passed on, and either way the child ends first, after it has cleaned up.
 */
export async function startProgram(
  root: string,
  args: readonly string[],
  { cwd, env }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
): Promise<number> {
  const child = spawn(process.execPath, [join(root, STARTER), ...args], { cwd, env, stdio: 'inherit' })
  const pass = (signal: NodeJS.Signals) => void child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, pass)
  try {
    const [code, signal] = (await once(child, 'exit')) as [number | null, NodeJS.Signals | null]
    return code ?? 128 + (constants.signals[signal ?? 'SIGHUP'] ?? 1)
  } finally {
    for (const signal of SIGNALS) process.off(signal, pass)
  }
}
