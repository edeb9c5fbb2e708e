import { counts, type Ratio } from '../gate/ratio.ts'
import { ratioOf } from '../model/totals.ts'
import type { CoverageView, FileTotals } from './coverage-view.ts'
import { clip, code } from './escape.ts'
import type { Section } from './fit.ts'
import { fileUrl } from './links.ts'
import { bar, percentText } from './percent-text.ts'
import { LONGEST_PATH } from './uncovered-section.ts'

/** The files with changed statements, those with the most left uncovered first; undefined when there are none. */
export function changedFilesSection(view: CoverageView): Section | undefined {
  const { patch, files, precision } = view
  if (patch.kind === 'unknown' || patch.files.length === 0) return undefined
  const totals = new Map(files.map(file => [file.path, file.totals]))
  const sorted = [...patch.files].sort((a, b) => b.valid - b.covered - (a.valid - a.covered) || order(a, b))
  const rows = sorted.map(file => {
    const whole = totals.get(file.path)
    const cells = [
      linkTo(view, file.path),
      numbers(file, precision),
      whole ? numbers(ratioOf(whole), precision) : '',
    ]
    return `| ${cells.join(' | ')} |`
  })
  return folded(
    4,
    `Files with changes (${patch.files.length})`,
    ['File', 'Changed lines', 'Whole file'],
    rows,
  )
}

const LOWEST = 10

/** The ten files with the lowest coverage; undefined when all is covered. */
export function lowestFilesSection(view: CoverageView): Section | undefined {
  const lowest = view.files
    .map(file => ({ ...file, ratio: ratioOf(file.totals) }))
    .filter(({ ratio }) => ratio.covered < ratio.valid)
    .sort((a, b) => byRatio(a.ratio, b.ratio) || order(a, b))
    .slice(0, LOWEST)
  if (lowest.length === 0) return undefined
  const rows = lowest.map(
    ({ path, ratio }) => `| ${linkTo(view, path)} | ${numbers(ratio, view.precision)} | ${bar(ratio)} |`,
  )
  const title =
    lowest.length === 1 ? 'The one file that is not covered whole' : `Lowest ${lowest.length} files`
  return folded(6, title, ['File', 'Covered', ''], rows)
}

/** Lowest first; of two equal ones that with more to cover. Products, since quotients of counts can round to the same. */
function byRatio(a: Ratio, b: Ratio): number {
  return a.covered * b.valid - b.covered * a.valid || b.valid - a.valid
}

function order(a: Pick<FileTotals, 'path'>, b: Pick<FileTotals, 'path'>): number {
  return a.path < b.path ? -1 : 1
}

function linkTo({ links }: CoverageView, path: string): string {
  return `[${code(clip(path, LONGEST_PATH))}](${fileUrl(links, path)})`
}

function numbers(ratio: Ratio, precision: number): string {
  return `${percentText(ratio, precision)} ${counts(ratio)}`
}

function folded(rank: number, title: string, header: readonly string[], rows: readonly string[]): Section {
  const head = [`| ${header.join(' | ')} |`, `|${' --- |'.repeat(header.length)}`].join('\n')
  return {
    rank,
    before: `<details><summary>${title}</summary>\n\n${head}`,
    rows,
    after: '\n</details>',
    more: left => `\nand ${left} more ${left === 1 ? 'file' : 'files'}`,
  }
}
