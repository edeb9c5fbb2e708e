import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { stripVTControlCharacters } from 'node:util'
import type { LocalRunOptions } from '@tokenledger/local-run'
import { type Records, tempDir } from '@tokenledger/testkit'

/** Path of a file of this repository. */
export function ours(...path: string[]): string {
  return join(fileURLToPath(new URL('../..', import.meta.url)), ...path)
}

export interface CiRun {
  readonly code: number | null
  /** All that it printed, without colours. */
  readonly log: string
  /** The closing table: result by job, or by chapter of the demo. */
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

/** A comment on the pull request of a run. */
export type PostedComment = Records['comments'][number]

/** Runs one job for the pull request of a checkout, on which `conversation` has been held; it comes back as it became. */
export function runPullRequest(
  options: { readonly checkout: string; readonly job: string; readonly report: string },
  conversation: readonly PostedComment[],
  env: Readonly<Record<string, string>>,
): Promise<CiRun & { readonly conversation: PostedComment[] }> {
  return runGiven({ ...options, event: 'pull_request', conversation: [...conversation] }, env)
}

/** Runs with options that the command line does not have; a process of its own takes them as JSON. */
export async function runGiven(
  options: Omit<LocalRunOptions, 'ours' | 'print'>,
  env: Readonly<Record<string, string>> = {},
): Promise<CiRun & { readonly conversation: PostedComment[] }> {
  const file = join(tempDir('options-'), 'run.json')
  writeFileSync(file, JSON.stringify(options))
  const run = await start(ours('action-tests', 'workflows', 'run-given.ts'), [file], env)
  return { ...run, conversation: JSON.parse(readFileSync(file, 'utf8')).conversation }
}

/** `npm run demo` without npm. */
export function runDemo(): Promise<CiRun> {
  return runProgram('demo.ts', [], {})
}

function runProgram(
  program: 'ci.ts' | 'demo.ts',
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CiRun> {
  return start(ours('packages', 'local-run', 'src', program), args, env)
}

function start(
  source: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CiRun> {
  return runCommand(process.execPath, ['--disable-warning=ExperimentalWarning', source, ...args], env)
}

/** Any command whose output is that of a run, with `env` added to the environment. */
export async function runCommand(
  command: string,
  args: readonly string[],
  env: Readonly<Record<string, string>>,
): Promise<CiRun> {
  const child = spawn(command, args, {
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
  const [, table = ''] = /\n(?:job|chapter) +result +seconds\n-+\n([\s\S]*?)\n\n/.exec(log) ?? []
  const rows = table.split('\n').map(line => line.split(/ {2,}/))
  return Object.fromEntries(rows.map(([job = '', result = '']) => [job.replace('ci / ', ''), result]))
}
