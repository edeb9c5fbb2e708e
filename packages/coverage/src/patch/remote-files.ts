import type { RemoteFile } from '@tokenledger/github/changes'
import { addedLines, type Edit, parseHunks } from './hunks.ts'

/** The lines that GitHub's API says were added or edited, for the files where that can be trusted. */
export interface RemoteLines {
  readonly files: ReadonlyMap<string, readonly number[]>
  readonly notComparable: ReadonlyMap<string, string>
}

/**
 * Takes the added lines out of what the API lists. They are lines of the tested tree only where that has the very file that the
 * API speaks of, which `blobOf` tells: the hash of a file's content in the tested tree, undefined when there is no such file.
 */
export function linesOfRemoteFiles(
  listed: readonly RemoteFile[],
  blobOf: (path: string) => string | undefined,
): RemoteLines {
  const files = new Map<string, readonly number[]>()
  const notComparable = new Map<string, string>()
  for (const file of listed) {
    const blob = blobOf(file.path)
    if (file.status === 'removed' || blob === undefined) continue
    const edits = editsOf(file)
    const lines = edits && addedLines(edits)
    if (blob !== file.blob) {
      notComparable.set(file.path, 'the tested tree has another version of it than the pull request')
    } else if (!lines) {
      notComparable.set(file.path, 'GitHub gives no diff of it, or not all of it')
    } else if (lines.length > 0) files.set(file.path, lines)
  }
  return { files, notComparable }
}

const EMPTY_BLOB = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'

/** The edits of a file; undefined when GitHub left out its diff, or a part of it. */
export function editsOf({
  status,
  blob,
  additions,
  deletions,
  patch,
}: RemoteFile): readonly Edit[] | undefined {
  if (patch === undefined) {
    // Nothing is counted in a file that GitHub takes for binary either, so that 0 alone says little.
    const isUntouched = ['renamed', 'copied', 'changed', 'unchanged'].includes(status) || blob === EMPTY_BLOB
    return isUntouched && additions + deletions === 0 ? [] : undefined
  }
  const edits = wholeHunks(patch)
  const sum = (count: (edit: Edit) => number) => edits?.reduce((total, edit) => total + count(edit), 0)
  const isWhole = sum(edit => edit.added) === additions && sum(edit => edit.removed) === deletions
  return isWhole ? edits : undefined
}

function wholeHunks(patch: string): Edit[] | undefined {
  try {
    return parseHunks(patch)
  } catch {
    return undefined
  }
}
