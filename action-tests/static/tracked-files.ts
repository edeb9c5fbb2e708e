import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

export const root = fileURLToPath(new URL('../..', import.meta.url))

/** Files of the repository, tracked or about to be (ignored ones left out), with forward slashes; patterns are git's. */
export function repositoryFiles(...patterns: readonly string[]): string[] {
  const { stdout, status, stderr } = spawnSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', '--', ...patterns],
    { cwd: root, encoding: 'utf8' },
  )
  if (status !== 0) throw new Error(`git ls-files failed: ${stderr}`)
  const files = stdout.split('\0').filter(file => file && existsSync(join(root, file)))
  return [...new Set(files)]
}

export function content(file: string): string {
  return readFileSync(join(root, file), 'utf8')
}

/** Every workflow and action description, those of examples and stand-ins included. */
export function yamlOfActions(): string[] {
  return repositoryFiles('*action.yml', '*.github/workflows/*.yml').filter(
    file => /(^|\/)action\.yml$/.test(file) || file.includes('.github/workflows/'),
  )
}

export interface Finished {
  readonly status: number
  /** Standard output and error together. */
  readonly output: string
}

/** Runs a program in the repository's root and waits for its end. */
export function run(
  program: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv = process.env,
): Finished {
  const { status, stdout, stderr, error } = spawnSync(program, args, { cwd: root, encoding: 'utf8', env })
  if (error) throw error
  return { status: status ?? 1, output: `${stdout}${stderr}` }
}
