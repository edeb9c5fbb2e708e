import { existsSync, statSync } from 'node:fs'
import { cp, readdir, readFile, writeFile } from 'node:fs/promises'
import { join, relative, sep } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { withCompleteReferences } from './uses.ts'

/** What a caller's job can reach in this repository; the rest would only be packed and unpacked at each step. */
const STAGED_PATHS = ['action.yml', 'setup', 'actions', 'dist', '.github/workflows']

/**
 * Copies the part of this repository that workflows use to `target` and makes its references to itself ones that
 * act understands. A UserError when there are no bundles.
 */
export async function stageOurActions(repository: string, target: string): Promise<void> {
  if (!existsSync(join(repository, 'dist', 'actions', 'index.js')))
    throw new UserError(`There are no bundles in ${join(repository, 'dist')}. Make them by: npm run build`)
  for (const path of STAGED_PATHS) {
    const source = join(repository, path)
    if (existsSync(source))
      await cp(source, join(target, path), {
        recursive: true,
        filter: file => isStaged(relative(source, file)),
      })
  }
  for (const file of await yamlFiles(target)) {
    await writeFile(file, withCompleteReferences(await readFile(file, 'utf8')))
  }
}

/** Sources and tests of JavaScript actions are in the bundles already. */
function isStaged(path: string): boolean {
  const parts = path.split(sep)
  return !parts.includes('node_modules') && !['src', 'test'].includes(parts[1] ?? '') && !path.endsWith('.ts')
}

/** Every YAML file below a folder. */
export async function yamlFiles(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true })
  return entries
    .filter(name => /\.ya?ml$/.test(name))
    .map(name => join(folder, name))
    .filter(isFile)
}

function isFile(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isFile() ?? false
}
