import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Files, tempDir, writeFiles } from '@tokenledger/testkit'
import { check } from '../../src/check/command.ts'
import type { Finding, MutedFinding } from '../../src/check/finding.ts'

export interface Checked {
  readonly code: number
  readonly printed: string
  readonly said: string
}

/** Runs the command as a person would, with what it printed. */
export async function runCheck(cwd: string, ...args: readonly string[]): Promise<Checked> {
  const printed: string[] = []
  const said: string[] = []
  const code = await check.run(args, {
    cwd,
    env: {},
    print: text => printed.push(text),
    say: text => said.push(text),
    ask: async () => false,
  })
  return { code, printed: printed.join('\n'), said: said.join('\n') }
}

export interface JsonReport {
  readonly errors: number
  readonly warnings: number
  readonly findings: readonly Finding[]
  readonly muted: readonly MutedFinding[]
}

export async function report(folder: string): Promise<JsonReport> {
  return JSON.parse((await runCheck(folder, '--format', 'json')).printed)
}

/** A checkout with these files. */
export function checkout(files: Files): string {
  const folder = tempDir('checkout-')
  writeFiles(folder, files)
  return folder
}

/** What one rule finds in files, as `line:column message`, with the path before it unless there is one file. */
export async function found(rule: string, files: Files): Promise<string[]> {
  const { findings } = await report(checkout(files))
  return findings
    .filter(finding => finding.rule === rule)
    .map(({ path, line, column, level, message }) => `${path}:${line}:${column} ${level} ${message}`)
}

/** The seed's files where a repository has them. */
export function seedCheckout(): string {
  const folder = tempDir('seed-')
  const seed = fileURLToPath(new URL('fixtures/seed', import.meta.url))
  cpSync(join(seed, 'workflows'), join(folder, '.github/workflows'), { recursive: true })
  cpSync(join(seed, 'dependabot.yml'), join(folder, '.github/dependabot.yml'))
  for (const file of ['cliff.toml', 'pyproject.toml']) cpSync(join(seed, file), join(folder, file))
  // The version that the project had when the design was written.
  writeFiles(folder, { 'tokenledger/__init__.py': '__version__ = "0.1.1"\n' })
  return folder
}
