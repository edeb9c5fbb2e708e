import { MOST_COMPARED, type RemoteFile } from '@tokenledger/github/changes'
import { type Edit, lineBefore } from './hunks.ts'
import type { FileDiff } from './parse-diff.ts'
import { editsOf } from './remote-files.ts'

/** The line of the pull request's head for one of the tested tree; undefined where the head has none, or nobody can tell. */
export type HeadLine = (path: string, line: number) => number | undefined

/** The head itself was tested. */
export const SAME_LINES: HeadLine = (_path, line) => line

export const UNKNOWN_LINES: HeadLine = () => undefined

/** By the diff from the head to the tested merge, that is, by what the base branch brought. */
export function headLinesByDiff(diff: readonly FileDiff[]): HeadLine {
  const edits = new Map<string, readonly Edit[] | undefined>()
  for (const { before, after, content, edits: found } of diff) {
    // A file that the head has under another name, or not at all, has no place there that a line could be shown at.
    if (after !== undefined) edits.set(after, before === after && content === 'text' ? found : undefined)
  }
  return byEdits(edits, true)
}

/** The same by GitHub's comparison of the two; a file that it may have left out is unknown. */
export function headLinesByApi(files: readonly RemoteFile[]): HeadLine {
  const edits = new Map<string, readonly Edit[] | undefined>()
  for (const file of files) edits.set(file.path, file.status === 'modified' ? editsOf(file) : undefined)
  return byEdits(edits, files.length < MOST_COMPARED)
}

function byEdits(edits: ReadonlyMap<string, readonly Edit[] | undefined>, othersAreSame: boolean): HeadLine {
  return (path, line) => {
    const found = edits.get(path)
    if (found) return lineBefore(found, line)
    return othersAreSame && !edits.has(path) ? line : undefined
  }
}
