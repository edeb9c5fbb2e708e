import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'

/** Path of a file of this repository. */
export function ours(...path: string[]): string {
  return join(fileURLToPath(new URL('../..', import.meta.url)), ...path)
}

export interface CiRun {
  readonly code: number | null
  /** All that it printed, without colours. */
  readonly log: string
  /** The closing table: result by job. */
  readonly jobs: Readonly<Record<string, string>>
}

/** `npm run ci -- --repo <checkout>` without npm, with `env` added to the environment. */
export function runCi(
  checkout: string,
  args: readonly string[] = [],
  env: Readonly<Record<string, string>> = {},
): Promise<CiRun> {
  return runProgram('ci.ts', ['--repo', checkout, ...args], env)
}

/** `npm run demo` without npm. */
export function runDemo(): Promise<CiRun> {
  return runProgram('demo.ts', [], {})
}

async function runProgram(
  program: 'ci.ts' | 'demo.ts',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CiRun> {
  const source = ours('packages', 'local-run', 'src', program)
  const child = spawn(process.execPath, ['--disable-warning=ExperimentalWarning', source, ...args], {
    env: { ...process.env, NO_COLOR: '1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  const ended = once(child, 'close')
  const [output, errors] = await Promise.all([text(child.stdout), text(child.stderr)])
  const [code] = await ended
  const log = stripVTControlCharacters(output + errors)
  return { code, log, jobs: closingTable(log) }
}

function closingTable(log: string): Record<string, string> {
  const [, table = ''] = /\njob +result +seconds\n-+\n([\s\S]*?)\n\n/.exec(log) ?? []
  const rows = table.split('\n').map(line => line.split(/ {2,}/))
  return Object.fromEntries(rows.map(([job = '', result = '']) => [job.replace('ci / ', ''), result]))
}
