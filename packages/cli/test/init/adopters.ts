import { cpSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Files, gitIn, gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
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

/** examples/tokenledger as it would be without us: nothing that init writes. In git with `origin` when that is given. */
export function strippedExample(origin?: string): string {
  const path = tempDir('tokenledger ')
  copyExample(path)
  for (const name of ['.github', 'cliff.toml', 'CODEOWNERS', 'CONTRIBUTING.md'])
    rmSync(join(path, name), { recursive: true })
  const [pyproject, readme] = ['pyproject.toml', 'README.md'].map(name =>
    readFileSync(join(path, name), 'utf8'),
  )
  writeFiles(path, {
    'pyproject.toml': String(pyproject).replace(/\n\[tool\.bandit\][\s\S]*$/, ''),
    'README.md': String(readme).replace(/<!-- tokenledger-actions:badges -->[\s\S]*badges -->\n\n/, ''),
  })
  if (origin) commitAll(path, origin)
  return path
}

/** examples/tokenledger as a repository of its own, without what tools have left in it. */
export function wholeExample(origin?: string): string {
  const path = tempDir('tokenledger ')
  copyExample(path)
  if (origin) commitAll(path, origin)
  return path
}

function copyExample(path: string): void {
  const leftovers = /node_modules|\.venv|__pycache__|[/\\]dist$/
  cpSync(EXAMPLE, path, { recursive: true, filter: source => !leftovers.test(source) })
}

function commitAll(path: string, origin: string): void {
  const git = gitIn(path)
  git('init', '--quiet', '--initial-branch', 'main')
  git('remote', 'add', 'origin', origin)
  git('add', '--all')
  git('commit', '--quiet', '--message', 'feat: start')
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
