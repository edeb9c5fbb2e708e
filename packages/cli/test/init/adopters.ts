import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Files, gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import type { Terminal } from '../../src/command.ts'
import { init } from '../../src/init/command.ts'
import { PROJECTS } from './projects.ts'

export { PROJECTS } from './projects.ts'

export const EXAMPLE = fileURLToPath(new URL('../../../../examples/tokenledger', import.meta.url))

/** A repository with these files, whose `origin` is acme/ledger on GitHub. */
export function adopter(files: Files, name = 'setuptools and a flat layout'): string {
  const { path, git } = gitRepo({ ...PROJECTS[name], ...files })
  git('remote', 'add', 'origin', 'https://github.com/acme/ledger.git')
  return path
}

/** examples/tokenledger as it would be without us: no workflows, no notes, no settings of bandit. */
export function strippedExample(): string {
  const path = tempDir('tokenledger ')
  cpSync(EXAMPLE, path, {
    recursive: true,
    filter: source => !/node_modules|\.venv|__pycache__/.test(source),
  })
  for (const name of ['.github', 'cliff.toml']) rmSync(join(path, name), { recursive: true })
  const pyproject = readFileSync(join(path, 'pyproject.toml'), 'utf8')
  writeFiles(path, { 'pyproject.toml': pyproject.replace(/\n\[tool\.bandit\][\s\S]*$/, '') })
  return path
}

export interface Ran {
  readonly code: number
  readonly printed: string
  readonly said: string
  readonly asked: readonly string[]
}

/** A terminal in a folder that gives one answer to every question, and what went over it. */
export function terminalIn(cwd: string, answer = false) {
  const lines = { printed: [] as string[], said: [] as string[], asked: [] as string[] }
  const terminal: Terminal = {
    print: text => lines.printed.push(text),
    say: text => lines.said.push(text),
    ask: async question => {
      lines.asked.push(question)
      return answer
    },
    cwd,
    env: {},
  }
  const ran = (code: number): Ran => ({
    code,
    printed: lines.printed.join('\n'),
    said: lines.said.join('\n'),
    asked: lines.asked,
  })
  return { terminal, ran }
}

export async function runInit(
  folder: string,
  args: readonly string[] = ['--yes'],
  answer = false,
): Promise<Ran> {
  const { terminal, ran } = terminalIn(folder, answer)
  return ran(await init.run(args, terminal))
}

/** The report's line on a file, its blanks single. */
export function lineOn(path: string, { printed }: Ran): string {
  const lines = printed.split('\n').filter(line => /^(?:write|change|current|left) /.test(line))
  return lines
    .filter(line => line.split(/\s+/)[1] === path)
    .join('\n')
    .replace(/ +/g, ' ')
}

export function textOf(folder: string, path: string): string {
  return readFileSync(join(folder, path), 'utf8')
}
