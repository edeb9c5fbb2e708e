import { access, constants } from 'node:fs/promises'
import { delimiter, join } from 'node:path'
import { exec, UserError } from '@tokenledger/kit'

interface Tool {
  readonly name: string
  readonly use: string
  readonly remedy: string
}

const TOOLS: readonly Tool[] = [
  { name: 'git', use: 'copies the checkout', remedy: 'install git' },
  {
    name: 'python3',
    use: 'runs the project and fetches act',
    remedy: 'install Python 3.11 or later, with pip',
  },
  {
    name: 'npm',
    use: 'builds dashboards',
    remedy: 'install Node.js again, npm comes with it',
  },
  { name: 'tar', use: 'packs caches', remedy: 'install tar' },
]

/** One sentence for everything that is missing. */
export function missingToolsMessage(missing: readonly Tool[]): string {
  const each = missing.map(({ name, use, remedy }) => `${name} (${use}; ${remedy})`).join(', ')
  return `Not found on PATH: ${each}. Then run this again.`
}

/** Fails with a UserError that names every tool which is not on `path`. */
export async function requireTools(path: string = process.env.PATH ?? ''): Promise<void> {
  const found = await Promise.all(TOOLS.map(({ name }) => isOnPath(name, path)))
  const missing = TOOLS.filter((_, index) => !found[index])
  if (missing.length > 0) throw new UserError(missingToolsMessage(missing))
}

/** Whether one of PATH's directories holds the program. */
export async function isOnPath(program: string, path: string): Promise<boolean> {
  const names = process.platform === 'win32' ? [`${program}.exe`, `${program}.cmd`] : [program]
  const files = path.split(delimiter).flatMap(directory => names.map(name => join(directory, name)))
  const found = await Promise.allSettled(files.map(file => access(file, constants.X_OK)))
  return found.some(({ status }) => status === 'fulfilled')
}

/**
 * Fails with a UserError when the package indexes of pip and npm cannot be reached: every job needs them.
 * The clients themselves ask, so mirrors, proxies and certificates count as the user has set them.
 */
export async function requireNetwork(own: NodeJS.ProcessEnv = process.env): Promise<void> {
  const env = Object.fromEntries(
    Object.entries(own).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  )
  const [pip, npm] = await Promise.all([
    exec(
      'python3',
      ['-m', 'pip', 'index', 'versions', 'uv', '--retries', '0', '--timeout', '10', '--no-input'],
      { env },
    ),
    exec(
      'npm',
      ['view', 'is-number', 'version', '--fetch-retries=0', '--fetch-timeout=10000', '--prefer-online'],
      { env },
    ),
  ])
  const refused = [
    ...(pip.exitCode === 0 ? [] : [unreachable('PyPI', 'PIP_INDEX_URL', pip.stderr)]),
    ...(npm.exitCode === 0 ? [] : [unreachable('npm', 'npm_config_registry', npm.stderr)]),
  ]
  if (refused.length === 0) return
  throw new UserError(
    `${refused.join('\n')}\nThe jobs download tools and dependencies. Connect this computer, or run with --offline if all of it is cached.`,
  )
}

function unreachable(index: string, variable: string, output: string): string {
  const said = output.split('\n').filter(line => line.trim() && !line.includes('log of this run'))
  return `${index} cannot be reached (its client says: ${(said.find(line => line.startsWith('npm error code')) ?? said.at(-1))?.trim() ?? 'nothing'}); a mirror is set by ${variable}.`
}
