import { readdir, realpath, stat } from 'node:fs/promises'
import { dirname, isAbsolute, join, posix, relative, resolve, sep } from 'node:path'
import { MigrationError, type Problem } from '../problem.ts'
import type { ProjectPlace } from '../tool.ts'
import { meaningOf, printable } from './migration-names.ts'

export interface FolderEntry {
  readonly name: string
  /** A symbolic link counts as what it leads to; `other` is a device, a pipe, or a link into the void or out of the checkout. */
  readonly kind: 'file' | 'folder' | 'other'
}

export interface MigrationFolder {
  /** Relative to the checkout, with forward slashes; empty for the checkout itself. */
  readonly path: string
  readonly absolute: string
  readonly entries: readonly FolderEntry[]
}

/** The folder's path relative to the checkout. A MigrationError when it lies outside. */
export function folderPath({ root, workingDirectory }: ProjectPlace, directory: string): string {
  const path = relative(resolve(root), resolve(root, workingDirectory, directory))
  if (isOutside(path))
    throw refusal(`The migrations folder ${printable(directory)} lies outside of the checkout.`)
  return path.split(sep).join('/')
}

/** Lists a folder of migrations. A MigrationError when it is missing, no folder, or a link out of the checkout. */
export async function openFolder(place: ProjectPlace, directory: string): Promise<MigrationFolder> {
  const path = folderPath(place, directory)
  const absolute = join(resolve(place.root), path)
  const root = await realpath(place.root)
  const target = await realpath(absolute).catch(() => undefined)
  if (target === undefined) throw refusal(await missing(place, path))
  if (isOutside(relative(root, target))) {
    throw refusal(`The migrations folder ${path} is a link to ${printable(target)}, outside of the checkout.`)
  }
  if (!(await stat(target)).isDirectory())
    throw refusal(`${path} is a file; path has to name the folder of the files.`)
  const entries = await readdir(target, { withFileTypes: true })
  return {
    path,
    absolute,
    entries: await Promise.all(
      entries.map(async entry => ({
        name: entry.name,
        kind: entry.isSymbolicLink() ? await kindOf(root, join(target, entry.name)) : ownKind(entry),
      })),
    ),
  }
}

/** `migrations/`, or `./` for the checkout itself. */
export function shown(path: string): string {
  return `${path || '.'}/`
}

/** The path of a file in a folder, relative to the checkout. */
export function inFolder(folder: string, name: string): string {
  return posix.join(folder, name)
}

function refusal(message: string): MigrationError {
  const problem: Problem = { message: `${message} Nothing was run.` }
  return new MigrationError([problem])
}

function isOutside(path: string): boolean {
  return path === '..' || path.startsWith(`..${sep}`) || isAbsolute(path)
}

function ownKind(entry: { isFile(): boolean; isDirectory(): boolean }): FolderEntry['kind'] {
  if (entry.isFile()) return 'file'
  return entry.isDirectory() ? 'folder' : 'other'
}

async function kindOf(root: string, link: string): Promise<FolderEntry['kind']> {
  const target = await realpath(link).catch(() => undefined)
  return target === undefined || isOutside(relative(root, target)) ? 'other' : ownKind(await stat(target))
}

/** Names the folder that differs in case alone, else the nearby folders that do hold migrations. */
async function missing({ root }: ProjectPlace, path: string): Promise<string> {
  const what = `There is no folder ${shown(path)} in the checkout.`
  const parent = dirname(path) === '.' ? '' : dirname(path)
  const siblings = await foldersIn(join(root, parent))
  const sameButCase = siblings.find(name => inFolder(parent, name).toLowerCase() === path.toLowerCase())
  if (sameButCase) {
    return `${what} ${shown(inFolder(parent, sameButCase))} differs from it in case alone; set path to that.`
  }
  const holding: string[] = []
  for (const name of siblings.slice(0, 50)) {
    const names = await readdir(join(root, parent, name)).catch(() => [])
    if (names.some(file => meaningOf(file).kind === 'migration')) holding.push(shown(inFolder(parent, name)))
  }
  const hint = holding.length > 0 ? ` Numbered .sql files are in ${holding.slice(0, 5).join(', ')}.` : ''
  return `${what} Set path to the folder of the numbered .sql files.${hint}`
}

async function foldersIn(absolute: string): Promise<string[]> {
  const entries = await readdir(absolute, { withFileTypes: true }).catch(() => [])
  return entries.filter(entry => entry.isDirectory() && entry.name !== '.git').map(entry => entry.name)
}
