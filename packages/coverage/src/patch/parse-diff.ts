import { type Edit, isHunkHeader, readHunk } from './hunks.ts'
import { unquotePath } from './quoted-path.ts'

/** What a diff says of one file. */
export interface FileDiff {
  /** Path before the change; absent for a new file. */
  readonly before?: string
  /** Path after the change; absent for a deleted file. */
  readonly after?: string
  /** `link` is a symbolic link or a submodule, whose "lines" are no lines of a source file. */
  readonly content: 'text' | 'binary' | 'link'
  /** Ascending; empty for a mere rename or change of mode, and unless `content` is `text`. */
  readonly edits: readonly Edit[]
}

/**
 * Reads what `git diff --src-prefix=a/ --dst-prefix=b/` prints, with or without lines of context. Throws on what git does not
 * print: a diff that is cut off, or no diff at all.
 */
export function parseDiff(text: string): FileDiff[] {
  const lines = text.split('\n')
  const files: FileDiff[] = []
  let at = 0
  while (at < lines.length) {
    const line = lines[at] ?? ''
    if (line === '' && at === lines.length - 1) break
    if (!line.startsWith('diff --git ')) throw new Error(`line ${at + 1} of the diff is no header: ${line}`)
    const end = endOfHeader(lines, at + 1)
    const header = headerOf(line, lines.slice(at + 1, end))
    const body = readBody(lines, end)
    files.push({ ...header, edits: header.content === 'text' ? body.edits : [] })
    at = body.next
  }
  return files
}

function endOfHeader(lines: readonly string[], from: number): number {
  let at = from
  while (at < lines.length && !isHunkHeader(lines[at] ?? '') && !lines[at]?.startsWith('diff --git ')) {
    if (lines[at] === '' && at === lines.length - 1) break
    at++
  }
  return at
}

function readBody(lines: readonly string[], from: number): { edits: Edit[]; next: number } {
  const edits: Edit[] = []
  let next = from
  while (next < lines.length) {
    const line = lines[next] ?? ''
    if (line.startsWith('\\')) {
      next++ // "\ No newline at end of file", in whatever language
    } else if (isHunkHeader(line)) {
      const hunk = readHunk(lines, next)
      for (const edit of hunk.edits) edits.push(edit)
      next = hunk.next
    } else break
  }
  return { edits, next }
}

/** The extended header lines of git-diff; `---` and `+++` say nothing that they do not. */
function headerOf(first: string, lines: readonly string[]): Omit<FileDiff, 'edits'> {
  const header = (name: string) => lines.find(line => line.startsWith(`${name} `))?.slice(name.length + 1)
  const from = header('rename from') ?? header('copy from')
  const to = header('rename to') ?? header('copy to')
  const [before, after] =
    from !== undefined && to !== undefined
      ? [unquotePath(from), unquotePath(to)]
      : [commonPath(first), commonPath(first)]
  const created = header('new file mode')
  const deleted = header('deleted file mode')
  const mode = created ?? deleted ?? header('new mode') ?? header('index')?.split(' ')[1]
  const isBinary = lines.some(line => line.startsWith('Binary files ') || line === 'GIT binary patch')
  return {
    ...(created === undefined ? { before } : {}),
    ...(deleted === undefined ? { after } : {}),
    content: mode === '120000' || mode === '160000' ? 'link' : isBinary ? 'binary' : 'text',
  }
}

/** `diff --git a/x b/x` → `x`: both paths are the same where there is no rename, so that half of the line is one of them. */
function commonPath(line: string): string {
  const paths = line.slice('diff --git '.length)
  return unquotePath(paths.slice(0, (paths.length - 1) / 2)).slice('a/'.length)
}
