/** A part of the report: what it takes to show it at all, and rows of which the last ones can be left out. */
export interface Section {
  /** Who gets the space first; 0 is for what is always shown. */
  readonly rank: number
  readonly before: string
  /** Most important first, each on lines of its own. */
  readonly rows: readonly string[]
  readonly after: string
  /** What stands in place of so many rows. */
  readonly more: (left: number) => string
  /** Shown with no row at all, by what `more` says; other sections go when not one row fits. */
  readonly evenWithoutRows?: boolean
}

export interface Fitted {
  readonly text: string
  /** Whether something was left out. */
  readonly shortened: boolean
}

const GAP = '\n\n'

/**
 * Sections in their order, within a budget: those of a low rank are given space first, and of each the first rows. `size`
 * measures text; it has to be additive. After the first that is cut short nothing less important comes. Sections of rank 0 are
 * shown whatever the budget is.
 */
export function fitSections(
  sections: readonly Section[],
  budget: number,
  size: (text: string) => number,
): Fitted {
  let left = budget
  let shortened = false
  const texts = new Map<Section, string>()
  for (const section of [...sections].sort((a, b) => a.rank - b.rank)) {
    const room = section.rank === 0 ? Number.POSITIVE_INFINITY : left - size(GAP)
    const shown = fitRows(section, room, size)
    if (shown.text !== undefined) {
      texts.set(section, shown.text)
      left -= size(shown.text) + size(GAP)
    }
    if (shown.text !== undefined && shown.rows === section.rows.length) continue
    shortened = true
    left = 0
  }
  const text = sections.flatMap(section => texts.get(section) ?? []).join(GAP)
  return { text, shortened }
}

function fitRows(
  { before, rows, after, more, evenWithoutRows }: Section,
  room: number,
  size: (text: string) => number,
): { text: string | undefined; rows: number } {
  const textOf = (count: number) =>
    [before, ...rows.slice(0, count), ...(count < rows.length ? [more(rows.length - count)] : []), after]
      .filter(part => part !== '')
      .join('\n')
  const whole = rows.reduce((sum, row) => sum + size(row) + 1, size(before) + size(after) + 1)
  if (whole <= room) return { text: textOf(rows.length), rows: rows.length }
  // The words of `more` are longest for all rows.
  let used = size(before) + size(after) + size(more(rows.length)) + 2
  if (rows.length === 0 || used > room) return { text: undefined, rows: 0 }
  let count = 0
  for (const row of rows) {
    used += size(row) + 1
    if (used > room) break
    count++
  }
  if (count === 0 && !evenWithoutRows) return { text: undefined, rows: 0 }
  return { text: textOf(count), rows: count }
}

/** A section that is shown whole or not at all. */
export function block(rank: number, text: string): Section {
  return { rank, before: text, rows: [], after: '', more: () => '' }
}
