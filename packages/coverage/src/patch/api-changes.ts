import {
  type Comparison,
  MOST_COMPARED,
  MOST_OF_A_PULL,
  type NoAnswer,
  type RemoteChanges,
  short,
  type TestedPull,
} from '@tokenledger/github/changes'
import type { BlobOf } from './blobs.ts'
import type { Changes } from './changes.ts'
import { type HeadLine, headLinesByApi, SAME_LINES, UNKNOWN_LINES } from './head-lines.ts'
import { linesOfRemoteFiles } from './remote-files.ts'

/**
 * The changes as GitHub's API has them, where git cannot tell: first the comparison of the base with the tested commit, whose
 * lines are the tested tree's; then the files of the pull request, whose lines are those of its head, so that a file counts only
 * where the tested tree has it unchanged.
 */
export async function changesByApi(
  api: RemoteChanges,
  base: Comparison,
  head: string,
  pull: TestedPull | undefined,
  blobOf: BlobOf,
): Promise<Changes | NoAnswer> {
  const compared = await api.compare(base.revision, head)
  if (!('failure' in compared) && compared.files.length < MOST_COMPARED) {
    return {
      ...linesOfRemoteFiles(compared.files, blobOf),
      source: `GitHub's comparison ${short(compared.mergeBase)}...${short(head)}, ${base.why}`,
      base: compared.mergeBase,
      headLine: await headLines(api, head, pull),
    }
  }
  const failure = 'failure' in compared ? compared.failure : `more than ${MOST_COMPARED - 1} files`
  return pull?.number === undefined ? { failure } : changesOfPull(api, base, pull.number, blobOf, failure)
}

async function changesOfPull(
  api: RemoteChanges,
  base: Comparison,
  number: number,
  blobOf: BlobOf,
  failure: string,
): Promise<Changes | NoAnswer> {
  const files = await api.pullFiles(number)
  if ('failure' in files) return { failure }
  if (files.length >= MOST_OF_A_PULL) return { failure: `more than ${MOST_OF_A_PULL - 1} files` }
  return {
    ...linesOfRemoteFiles(files, blobOf),
    source: `GitHub's list of the files of pull request ${number}`,
    base: base.revision,
    // Only files that are the same in the head were taken.
    headLine: SAME_LINES,
  }
}

async function headLines(api: RemoteChanges, head: string, pull: TestedPull | undefined): Promise<HeadLine> {
  if (pull?.tested !== 'merge') return SAME_LINES
  const brought = await api.compare(pull.head, head)
  return 'failure' in brought ? UNKNOWN_LINES : headLinesByApi(brought.files)
}
