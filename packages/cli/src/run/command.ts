import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import type { Command } from '../command.ts'

/** What `npm run ci` starts, from the root of this repository. */
const STARTER = join('packages', 'tools', 'start.mjs')
const ENGINE = join('packages', 'local-run', 'src', 'ci.ts')

export const run: Command = {
  summary: 'runs the CI of a checkout on this computer, without GitHub',
  usage:
    '[--repo PATH] [--event NAME] [--tag NAME] [--fork] [--workflow FILE] [--input NAME=VALUE] [--job NAME] [--report DIR] [--offline]',
  async run(args, { cwd, env }) {
    const root = rootAbove(import.meta.dirname)
    if (!root) throw notACheckout()
    const child = spawn(process.execPath, [join(root, STARTER), ENGINE, ...args], {
      cwd,
      env: { ...env, INIT_CWD: cwd },
      stdio: 'inherit',
    })
    const [code] = (await once(child, 'exit')) as [number | null]
    return code ?? 1
  },
}

/** The clone that this program lies in. npm leaves the lock out of what it packs, and without it nothing is installed. */
function rootAbove(folder: string): string | undefined {
  const isRoot = [STARTER, ENGINE, 'package-lock.json'].every(path => existsSync(join(folder, path)))
  if (isRoot) return folder
  const above = dirname(folder)
  return above === folder ? undefined : rootAbove(above)
}

function notACheckout(): UserError {
  return new UserError(
    'run needs a clone of tokenledger-actions, whose lock file says what is installed: clone it, and there run: npm run ci -- --repo PATH',
  )
}
