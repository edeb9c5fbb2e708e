/**
 * A text as Python reads it, with every line end as `\n`, and the way back: patterns are matched on `plain`, and what
 * they change is written into the original, which keeps its own line ends everywhere else.
 */
export interface PlainText {
  readonly plain: string
  /** Replaces `[start, end)` pieces of `plain`, in order, in the original. */
  splice(changes: readonly Change[]): string
}

export interface Change {
  readonly start: number
  readonly end: number
  readonly text: string
}

export function plainText(original: string): PlainText {
  if (!original.includes('\r')) return { plain: original, splice: changes => spliced(original, changes) }
  const offsets: number[] = []
  let plain = ''
  for (let at = 0; at < original.length; at++) {
    offsets.push(at)
    const isReturn = original[at] === '\r'
    plain += isReturn ? '\n' : original[at]
    if (isReturn && original[at + 1] === '\n') at++
  }
  offsets.push(original.length)
  const lineEnd = /\r\n|\n|\r/.exec(original)?.[0] ?? '\n'
  const offset = (at: number): number => offsets[at] ?? original.length
  return {
    plain,
    splice: changes =>
      spliced(
        original,
        changes.map(({ start, end, text }) => ({
          start: offset(start),
          end: offset(end),
          text: text.replaceAll('\n', lineEnd),
        })),
      ),
  }
}

function spliced(text: string, changes: readonly Change[]): string {
  let result = ''
  let done = 0
  for (const change of changes) {
    result += text.slice(done, change.start) + change.text
    done = change.end
  }
  return result + text.slice(done)
}
