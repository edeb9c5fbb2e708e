import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { UserError } from '@tokenledger/kit'
import { root } from '../repository.ts'
import { cacheRestoreBench } from './cache-restore.ts'
import { useMemoryFolder } from './memory-folder.ts'
import { projectBench } from './project.ts'
import { startBench } from './start.ts'

/**
 * Without arguments: start, install and cache restore against servers on loopback. With `--project PATH`: the whole set-up
 * of that project against the seed's steps, from the package index of this computer.
 */
export async function bench(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: { project: { type: 'string' }, rounds: { type: 'string' } },
  })
  const rounds = Number(values.rounds ?? (values.project === undefined ? 9 : 5))
  if (!Number.isInteger(rounds) || rounds < 1) return refuse('--rounds takes a whole number of at least 1.')
  if (!existsSync(join(root, 'dist', 'setup-uv-python', 'index.js'))) {
    return refuse('dist/ is not built; run "npm run build" first.')
  }
  useMemoryFolder()
  if (values.project === undefined) {
    const met = [await startBench(rounds), await cacheRestoreBench(rounds)]
    return met.every(Boolean) ? 0 : 1
  }
  const project = resolve(values.project)
  if (!existsSync(join(project, 'pyproject.toml'))) return refuse(`There is no pyproject.toml in ${project}.`)
  try {
    return (await projectBench(project, rounds)) ? 0 : 1
  } catch (error) {
    if (error instanceof UserError) return refuse(error.message)
    throw error
  }
}

function refuse(reason: string): number {
  console.error(reason)
  return 2
}
