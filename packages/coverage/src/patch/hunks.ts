/**
 * Neighbouring lines that were replaced: `removed` lines from `oldLine` on gave way to `added` lines from `newLine` on. Either
 * count may be 0; its line is then where the lines would be. Lines count from 1.
 */
export interface Edit {
  readonly oldLine: number
  readonly removed: number
  readonly newLine: number
  readonly added: number
}

const HEADER = /^@@ -(\d+)(?:,(\d+))? \+(\d+)(?:,(\d+))? @@/

/** True for the line that a hunk begins with. */
export function isHunkHeader(line: string): boolean {
  return HEADER.test(line)
}

/**
 * Reads the hunk whose header is `lines[at]`, with or without lines of context, and gives the index after it. The body is
 * taken by the counts of the header, so that content which looks like a header stays content. Throws when it is cut off.
 */
export function readHunk(lines: readonly string[], at: number): { edits: Edit[]; next: number } {
  const { oldStart, oldCount, newStart, newCount } = countsOf(lines[at] ?? '')
  // A count of 0 goes with the line before (unified format): `@@ -5,0 +6 @@` inserts after line 5.
  let [oldLine, newLine] = [oldStart + (oldCount === 0 ? 1 : 0), newStart + (newCount === 0 ? 1 : 0)]
  const [oldEnd, newEnd] = [oldLine + oldCount, newLine + newCount]
  const edits: Edit[] = []
  let edit = { oldLine, removed: 0, newLine, added: 0 }
  const close = () => {
    if (edit.removed + edit.added > 0) edits.push(edit)
    edit = { oldLine, removed: 0, newLine, added: 0 }
  }
  let next = at + 1
  for (; oldLine < oldEnd || newLine < newEnd; next++) {
    const line = lines[next]
    if (line === undefined) throw new Error(`the diff ends inside of the hunk ${lines[at]}`)
    if (line.startsWith('+')) {
      edit.added++
      newLine++
    } else if (line.startsWith('-')) {
      edit.removed++
      oldLine++
    } else if (!line.startsWith('\\')) {
      oldLine++
      newLine++
      close()
    }
  }
  close()
  return { edits, next }
}

/** The edits of a diff without file headers, as GitHub's API has it for one file. Throws when it is cut off. */
export function parseHunks(text: string): Edit[] {
  const lines = text.split('\n')
  const edits: Edit[] = []
  for (let at = 0; at < lines.length; ) {
    if (!isHunkHeader(lines[at] ?? '')) {
      at++
      continue
    }
    const hunk = readHunk(lines, at)
    edits.push(...hunk.edits)
    at = hunk.next
  }
  return edits
}

function countsOf(header: string) {
  const [, oldStart, oldCount = '1', newStart, newCount = '1'] = HEADER.exec(header) ?? []
  return {
    oldStart: Number(oldStart),
    oldCount: Number(oldCount),
    newStart: Number(newStart),
    newCount: Number(newCount),
  }
}

/** The lines that edits add, ascending. */
export function addedLines(edits: readonly Edit[]): number[] {
  return edits.flatMap(({ newLine, added }) => Array.from({ length: added }, (_, index) => newLine + index))
}

/** The line before the edits for one after them; undefined for a line that they add. */
export function lineBefore(edits: readonly Edit[], line: number): number | undefined {
  let shift = 0
  for (const { newLine, removed, added } of edits) {
    if (line < newLine) break
    if (line < newLine + added) return undefined
    shift += removed - added
  }
  return line + shift
}
