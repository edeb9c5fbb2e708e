import type { Links, PatchFileView, PatchView } from './coverage-view.ts'
import { clip, code, plain } from './escape.ts'
import type { Section } from './fit.ts'
import { rangeUrl } from './links.ts'
import type { UncoveredRange } from './uncovered.ts'

/** Ranges of one file that are shown; a file with more is no longer a list that is read. */
const MOST_RANGES = 20
/** Characters of a path; longer ones are cut. */
export const LONGEST_PATH = 200

/**
 * The changed lines that are not covered, files with the most of them first; never folded, since they are what there is to do.
 * Undefined when there are none.
 */
export function uncoveredSection(patch: PatchView, links: Links): Section | undefined {
  if (patch.kind === 'unknown') return undefined
  const files = patch.files.filter(({ ranges }) => ranges.length > 0).sort(byMissing)
  if (files.length === 0) return undefined
  const missing = patch.valid - patch.covered
  const title =
    missing === 1 ? '**1 changed line is not covered**' : `**${missing} changed lines are not covered**`
  return {
    rank: 3,
    before: `${title}\n`,
    rows: files.map(file => `- ${code(clip(file.path, LONGEST_PATH))}: ${rangesText(file, links)}`),
    after: '',
    more: left => `- and ${left} more ${left === 1 ? 'file' : 'files'}`,
    evenWithoutRows: true,
  }
}

function byMissing(a: PatchFileView, b: PatchFileView): number {
  return b.valid - b.covered - (a.valid - a.covered) || (a.path < b.path ? -1 : 1)
}

function rangesText({ path, ranges }: PatchFileView, links: Links): string {
  const shown = ranges
    .slice(0, MOST_RANGES)
    .map(
      range =>
        `[${plain(rangeText(range))}](${rangeUrl(links, path, range)})${range.head ? '' : mergeNote(links)}`,
    )
  const left = ranges.length - shown.length
  return [...shown, ...(left > 0 ? [`and ${left} more`] : [])].join(', ')
}

/** `41`, `60–64`, `58→exit`, or `58 (in part)` where the exits are not known; in head lines where the head has them. */
export function rangeText(range: UncoveredRange): string {
  if (range.exits.length > 0)
    return (
      range.exits
        .slice(0, MOST_EXITS)
        .map(exit => clip(exit, 40))
        .join(', ') + moreExits(range)
    )
  const { from, to } = range.head ?? range
  const lines = to > from ? `${from}–${to}` : `${from}`
  return range.kind === 'partial' ? `${lines} (in part)` : lines
}

/** A `match` has an exit for each case. */
const MOST_EXITS = 5

function moreExits({ exits }: UncoveredRange): string {
  return exits.length > MOST_EXITS ? ` and ${exits.length - MOST_EXITS} more` : ''
}

/** Lines that only the merge with the base branch has. */
function mergeNote({ pull }: Links): string {
  return pull === undefined ? '' : ' (of the merge)'
}
