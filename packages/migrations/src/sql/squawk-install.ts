import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { cp, mkdir, mkdtemp, readFile, rename, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { exec, messageOf, UserError } from '@tokenledger/kit'

const INSTALL = [
  'ci',
  '--ignore-scripts',
  '--include=optional',
  '--no-audit',
  '--no-fund',
  '--loglevel=error',
]
const FILES = ['package.json', 'package-lock.json']

/**
 * Path of squawk's binary for this platform, installed below `below` from npm as the lock file in `lockFolder` pins it; npm
 * refuses what does not have the lock's digest. An installation is whole or not there, so a later run takes it over. Throws a
 * UserError when the lock has no binary for the platform, or npm is missing or fails.
 */
export async function installedSquawk(lockFolder: string, below: string): Promise<string> {
  const lock = await readFile(join(lockFolder, 'package-lock.json'), 'utf8')
  const platform = `${process.platform}-${process.arch}`
  const available = [...lock.matchAll(/"node_modules\/@squawk-cli\/([\w-]+)"/g)].map(([, name]) => name)
  if (!available.includes(platform)) {
    throw new UserError(
      `lint: squawk has no binary for ${platform}, only for ${available.join(', ')}. Use lint: builtin.`,
    )
  }
  const folder = join(below, `squawk-${createHash('sha256').update(lock).digest('hex').slice(0, 16)}`)
  const program = process.platform === 'win32' ? 'squawk.exe' : 'squawk'
  const binary = join(folder, 'node_modules', '@squawk-cli', platform, 'bin', program)
  if (!existsSync(binary)) await install(lockFolder, below, folder)
  return binary
}

async function install(lockFolder: string, below: string, folder: string): Promise<void> {
  await mkdir(below, { recursive: true })
  const scratch = await mkdtemp(`${folder}-`)
  try {
    for (const file of FILES) await cp(join(lockFolder, file), join(scratch, file))
    await runNpm(scratch)
    await rename(scratch, folder).catch(error => {
      if (!existsSync(folder)) throw error
    })
  } finally {
    await rm(scratch, { recursive: true, force: true })
  }
}

async function runNpm(cwd: string): Promise<void> {
  const { exitCode, stderr } = await exec('npm', INSTALL, { cwd, env: withoutSecrets() }).catch(error => {
    throw new UserError(
      `lint: squawk needs npm, which did not start (${messageOf(error)}). Add actions/setup-node, or use lint: builtin.`,
    )
  })
  if (exitCode === 0) return
  const said = stderr.split('\n').filter(line => line && !line.includes('A complete log'))
  throw new UserError(`npm could not install squawk (exit code ${exitCode}): ${said.slice(0, 4).join(' ')}`)
}

/** The environment for programs that need neither the inputs nor the database. */
export function withoutSecrets(env: NodeJS.ProcessEnv = process.env): Record<string, string> {
  const secret = /^(?:INPUT_|ACTIONS_|PG[A-Z]|DATABASE_URL$|GITHUB_TOKEN$|GH_TOKEN$)/i
  return Object.fromEntries(
    Object.entries(env).flatMap(([name, value]) =>
      value === undefined || secret.test(name) ? [] : [[name, value]],
    ),
  )
}
