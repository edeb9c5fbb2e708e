import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { cacheFolder } from '@tokenledger/kit'
import { OPTIONS } from '@tokenledger/local-run/usage'
import type { Command, Terminal } from '../command.ts'
import { STARTER } from './engine-files.ts'
import { engineHome } from './engine-home.ts'
import { LOCKED } from './locked-files.ts'
import { startProgram } from './start-program.ts'

/** What `npm run ci` starts, from the root of this repository. */
const ENGINE = 'packages/local-run/src/ci.ts'

export const run: Command = {
  summary: 'runs the CI of a checkout on this computer, without GitHub',
  usage: OPTIONS,
  async run(args, terminal) {
    const { cwd, env } = terminal
    const home = await homeFor(rootAbove(import.meta.dirname), terminal)
    return startProgram(home, [ENGINE, ...args], { cwd, env: { ...env, INIT_CWD: cwd } })
  },
}

/** A clone runs by itself. What npm has unpacked does not: it has no lock, and Node runs no TypeScript below node_modules. */
async function homeFor(root: string, { cwd, env }: Terminal): Promise<string> {
  if (existsSync(join(root, 'package-lock.json'))) return root
  const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
  const nodeMajor = Number(process.versions.node.split('.')[0])
  const place = { root, version, nodeMajor, folder: join(cacheFolder(env), 'engine') }
  return engineHome(place, home => startProgram(home, ['--install'], { cwd, env }))
}

function rootAbove(folder: string): string {
  const isRoot = [STARTER, LOCKED].every(path => existsSync(join(folder, path)))
  if (isRoot) return folder
  const above = dirname(folder)
  if (above === folder) throw new Error('The package of this program holds no engine.')
  return rootAbove(above)
}
