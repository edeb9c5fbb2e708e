/** A change of a text: what is from `start` to `end` becomes `text`. */
export interface Edit {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Makes edits that do not overlap; of two at the same place the first one's text comes first. */
export function inOrder(text: string, edits: readonly Edit[]): string {
  const sorted = edits.toSorted((a, b) => a.start - b.start)
  const pieces = sorted.map(
    ({ start, text: added }, index) => text.slice(sorted[index - 1]?.end ?? 0, start) + added,
  )
  return pieces.join('') + text.slice(sorted.at(-1)?.end ?? 0)
}
