import type { Git, GitFetched } from '@tokenledger/kit'
import { addedLines } from './hunks.ts'
import { type FileDiff, parseDiff } from './parse-diff.ts'

/** What the user's settings of git could change about a diff is fixed here and in the settings of every call. */
const DIFF = [
  ...['diff', '-U0', '-M', '--no-color', '--no-ext-diff', '--no-textconv', '--submodule=short'],
  ...['--diff-algorithm=myers', '-O/dev/null', '--src-prefix=a/', '--dst-prefix=b/'],
]
/** More paths than this might not fit into an argument vector. */
const MOST_PATHS = 500

/**
 * Added and edited lines from `base` to HEAD by path. A file that `.gitattributes` declares binary is read as text all the same
 * when it is measured: otherwise a change could take itself out of its gate.
 */
export async function changedLines(
  git: Git,
  base: string,
  isMeasured: (path: string) => boolean,
): Promise<Map<string, readonly number[]> | { readonly failure: string }> {
  const diff = await diffOf(git, [base, 'HEAD'])
  if ('failure' in diff) return diff
  const binary = diff.filter(({ content, after }) => content === 'binary' && after && isMeasured(after))
  const paths = binary.flatMap(({ before, after }) => [before, after].filter(path => path !== undefined))
  const asText = paths.length > 0 ? await diffOf(git, ['--text', base, 'HEAD', '--', ...paths]) : []
  if ('failure' in asText) return asText
  const files = new Map<string, readonly number[]>()
  for (const { after, edits } of [...diff, ...asText]) {
    const lines = addedLines(edits)
    if (after !== undefined && lines.length > 0) files.set(after, lines)
  }
  return files
}

/** What the base branch brought into the tested merge, for the files at `paths`; undefined when the head cannot be had. */
export async function diffFromHead(
  git: Git,
  head: string,
  paths: readonly string[],
): Promise<FileDiff[] | undefined> {
  if ((await git.read('cat-file', '-e', `${head}^{commit}`)) === undefined) return undefined
  if (paths.length === 0) return []
  const only = paths.length <= MOST_PATHS ? ['--', ...paths] : []
  const diff = await diffOf(git, [head, 'HEAD', ...only])
  return 'failure' in diff ? undefined : diff
}

/** A clone without blobs (actions/checkout's `filter`) gets those that it needs over the network. */
async function diffOf(git: Git, args: readonly string[]): Promise<FileDiff[] | { readonly failure: string }> {
  const output = await git.read(...DIFF, ...args)
  if (output !== undefined) return parseDiff(output)
  const fetched: GitFetched = await git.fetch(...DIFF, ...args)
  return 'failure' in fetched ? fetched : parseDiff(fetched.output)
}
