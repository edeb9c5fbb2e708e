import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'

export interface WallOptions {
  readonly cwd?: string
  readonly env?: NodeJS.ProcessEnv
}

/** Wall time of a whole process in ms; one that fails is an error with what it printed. */
export async function wall(
  program: string,
  args: readonly string[],
  options: WallOptions = {},
): Promise<number> {
  const started = performance.now()
  const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] })
  const output = Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = (await once(child, 'exit')) as [number | null]
  const ms = performance.now() - started
  if (code !== 0)
    throw new Error(`${program} ${args.join(' ')} ended with ${code}:\n${(await output).join('\n')}`)
  return ms
}
