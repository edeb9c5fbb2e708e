import { isUtf8 } from 'node:buffer'
import { lstat, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gitAt, UserError } from '@tokenledger/kit'
import { type ScratchCopy, type Stamp, stampOf } from './scratch-copy.ts'

export interface TakenEdit {
  /** From the root of the repository, with forward slashes. */
  readonly path: string
  readonly before: string
  readonly after: string
}

/**
 * What was changed in the copy, against the checkout at `root`, by path. A UserError for anything that is no change of a text
 * file's content: the commit that is made of the edits could not hold it, and without it the rest might be wrong.
 */
export async function takenEdits(root: string, { tree, files }: ScratchCopy): Promise<TakenEdit[]> {
  await refuseNewFiles(tree, files)
  const edits: TakenEdit[] = []
  for (const [path, was] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const is = await stampOf(join(tree, path))
    if (is?.identity === was.identity) continue
    requireSameKind(path, was, is)
    const [before, after] = await Promise.all([readFile(join(root, path)), readFile(join(tree, path))])
    if (before.equals(after)) continue
    edits.push({ path, before: textOf(path, before), after: textOf(path, after) })
  }
  return edits
}

async function refuseNewFiles(tree: string, known: ReadonlyMap<string, Stamp>): Promise<void> {
  const listed = await gitAt(tree).read(...['ls-files', '-z', '--cached', '--others', '--exclude-standard'])
  for (const path of (listed ?? '').split('\0').filter(Boolean)) {
    if (!known.has(path) && (await isThere(join(tree, path)))) throw refusal(path, 'made')
  }
}

async function isThere(path: string): Promise<boolean> {
  const found = await lstat(path).catch(() => undefined)
  return found !== undefined && !found.isDirectory()
}

function requireSameKind(path: string, was: Stamp, is: Stamp | undefined): void {
  if (is === undefined) throw refusal(path, 'deleted')
  if (was.kind === 'link' || is.kind === 'link') throw refusal(path, 'changed the link')
  if (was.isExecutable !== is.isExecutable) throw refusal(path, 'changed the mode of')
}

function refusal(path: string, did: string): UserError {
  return new UserError(
    `BUMP_ENGINE: bump-my-version or a hook of its configuration ${did} ${path}; a bump only takes changes of text files, so no file was changed. Do this in a step of its own, or ignore the file in .gitignore when it is not to be committed`,
  )
}

function textOf(path: string, bytes: Buffer): string {
  if (isUtf8(bytes) && !bytes.includes(0)) return bytes.toString('utf8')
  throw new UserError(`BUMP_NOT_TEXT: ${path} is no UTF-8 text, so it cannot be edited; no file was changed`)
}
