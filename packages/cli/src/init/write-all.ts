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
    takeBack(progress)
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

function takeBack({ folders, staged, renamed }: Progress): void {
  for (const { target, before } of renamed.toReversed()) {
    if (before === undefined) rmSync(target)
    else writeFileSync(target, before)
  }
  for (const { scratch } of staged) rmSync(scratch, { force: true })
  for (const folder of folders.toReversed()) rmdirSync(folder)
}
