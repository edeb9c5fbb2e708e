import { readFileSync } from 'node:fs'
import { isAbsolute, join, posix } from 'node:path'
import { type Git, UserError } from '@tokenledger/kit'

/** The files of the checkout, read once each. Paths are from the root of the repository, with forward slashes. */
export interface ProjectFiles {
  /** What git tracks. */
  readonly tracked: readonly string[]
  /** The whole text with its byte order mark and line ends; undefined when there is no such file. */
  read(path: string): string | undefined
}

/** A UserError when `root` is no checkout. */
export async function projectFiles(git: Git, root: string): Promise<ProjectFiles> {
  const listed = await git.read('ls-files', '-z')
  if (listed === undefined) {
    throw new UserError(`There is no checkout of git in ${root}. Run actions/checkout before this step.`)
  }
  const texts = new Map<string, string | undefined>()
  return {
    tracked: listed.split('\0').filter(Boolean),
    read(path) {
      if (leavesRoot(path)) return undefined
      if (!texts.has(path)) texts.set(path, textOf(join(root, path)))
      return texts.get(path)
    },
  }
}

/** A configuration can name what is no part of the repository, and no commit of it either. */
function leavesRoot(path: string): boolean {
  const normal = posix.normalize(path)
  return normal.startsWith('../') || isAbsolute(normal)
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}

/** Refuses a checkout with changes of its own: they would not be in the commit, and the plan is made from them. */
export async function requireClean(git: Git): Promise<void> {
  const changed = await git.read('status', '--porcelain', '-z', '--untracked-files=no')
  const [first] = (changed ?? '').split('\0')
  if (!first) return
  throw new UserError(
    `BUMP_DIRTY: ${first.slice(3)} is changed in the checkout and not committed; run version-bump on a fresh checkout`,
  )
}

/** Bytes that are no UTF-8 would be lost when the text is written again. */
export function requireText(root: string, path: string, text: string): void {
  if (readFileSync(join(root, path)).equals(Buffer.from(text))) return
  throw new UserError(`BUMP_NOT_TEXT: ${path} is no UTF-8 text, so it cannot be edited; no file was changed`)
}
