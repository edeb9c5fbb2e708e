import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { messageOf, UserError } from '@tokenledger/kit'
import type { Write } from './outcome.ts'

interface Staged extends Write {
  readonly target: string
  readonly scratch: string
}

/** What has been done so far, for the way back. */
interface Progress {
  readonly folders: string[]
  readonly staged: Staged[]
  readonly renamed: Staged[]
}

/**
 * Writes all files below `root` or none: each in full beside its place first, then all are renamed. A UserError when one cannot be
 * written, or was changed since it was read; everything is then as it was.
 */
export function writeAll(root: string, writes: readonly Write[]): void {
  const progress: Progress = { folders: [], staged: [], renamed: [] }
  try {
    for (const write of writes) stage(root, write, progress)
    for (const staged of progress.staged) {
      renameSync(staged.scratch, staged.target)
      progress.renamed.push(staged)
    }
  } catch (error) {
    const remains = takeBack(progress)
    if (remains.length > 0)
      throw new UserError(
        `${messageOf(error)}. These could not be taken back: ${remains.join(', ')}. Look at git status.`,
      )
    throw new UserError(
      `Nothing was written: ${messageOf(error)}. Make the place writable, and run init again.`,
    )
  }
}

function stage(root: string, write: Write, { folders, staged }: Progress): void {
  const path = join(root, write.path)
  // The file behind a link is changed, and the link stays.
  const target = write.before === undefined ? path : realpathSync(path)
  requireUnchanged(target, write)
  makeFolder(dirname(target), folders)
  const scratch = `${target}.${process.pid}.tmp`
  writeFileSync(scratch, write.after, { flag: 'wx' })
  staged.push({ ...write, target, scratch })
  if (write.before !== undefined) chmodSync(scratch, statSync(target).mode)
}

function requireUnchanged(target: string, { path, before }: Write): void {
  const now = existsSync(target) ? readFileSync(target, 'utf8') : undefined
  if (now !== before) throw new Error(`${path} was changed in the meantime`)
}

function makeFolder(folder: string, made: string[]): void {
  if (existsSync(folder)) return
  makeFolder(dirname(folder), made)
  mkdirSync(folder)
  made.push(folder)
}

/** Makes everything as it was, and gives the paths that it could not. */
function takeBack({ folders, staged, renamed }: Progress): string[] {
  return [
    ...renamed.toReversed().map(({ target, before }) => ({
      path: target,
      undo: () => (before === undefined ? rmSync(target) : writeFileSync(target, before)),
    })),
    ...staged.map(({ scratch }) => ({ path: scratch, undo: () => rmSync(scratch, { force: true }) })),
    ...folders.toReversed().map(folder => ({ path: folder, undo: () => rmdirSync(folder) })),
  ].flatMap(({ path, undo }) => {
    try {
      undo()
      return []
    } catch {
      return [path]
    }
  })
}
