import { counts, type Ratio } from '../gate/ratio.ts'
import type { GateCheck } from '../gate/verdict.ts'
import { ratioOf } from '../model/totals.ts'
import type { CoverageView } from './coverage-view.ts'
import { clip, plain } from './escape.ts'
import { bar, differenceText, percentText } from './percent-text.ts'
import { requirement } from './verdict-line.ts'

interface Row {
  readonly name: string
  readonly covered: string
  readonly bar: string
  readonly difference: string
  readonly check: GateCheck | undefined
}

/** The numbers with their base, and each gate with its result; columns that say nothing are left out. */
export function totalsTable(view: CoverageView): string {
  const rows = rowsOf(view)
  const columns: (readonly [title: string, cell: (row: Row) => string])[] = [
    ['', ({ name }) => name],
    ['Covered', ({ covered }) => covered],
    ['', ({ bar }) => bar],
  ]
  if (view.base) columns.push(['Against base', ({ difference }) => difference])
  if (view.verdict.checks.length > 0) {
    columns.push(['Required', ({ check }) => (check ? requirement(check.required) : '')])
    columns.push(['Result', ({ check }) => resultOf(check)])
  }
  const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |`
  const body = rows.map(row => line(columns.map(([, cell]) => cell(row))))
  return [line(columns.map(([title]) => title)), `|${' --- |'.repeat(columns.length)}`, ...body].join('\n')
}

function rowsOf(view: CoverageView): Row[] {
  const { total, base, patch, precision, verdict } = view
  const checkOf = (gate: GateCheck['gate']) => verdict.checks.find(check => check.gate === gate)
  const before = base ? `${percentText(ratioOf(base.total), precision)} before` : ''
  const difference = base ? `${differenceText(base.total, total, precision)} (${before})` : ''
  const measured = patch.kind === 'measured' && patch.valid > 0
  const rows: Row[] = [
    { name: 'Total', ...numbers(ratioOf(total), precision), difference, check: checkOf('min-total') },
    {
      name: 'Changed lines',
      ...(measured ? numbers(patch, precision) : { covered: nothingText(view), bar: '' }),
      difference: '',
      check: checkOf('min-patch'),
    },
  ]
  for (const [gate, name] of FURTHER) {
    const check = checkOf(gate)
    if (check) rows.push({ name, covered: cellText(check.actual), bar: '', difference: '', check })
  }
  return rows
}

const FURTHER = [
  ['min-file-patch', 'Changed lines of each file'],
  ['max-drop', 'Drop of the total'],
] as const

function numbers(ratio: Ratio, precision: number): { covered: string; bar: string } {
  return { covered: `**${percentText(ratio, precision)}** ${counts(ratio)}`, bar: bar(ratio) }
}

function nothingText({ patch }: CoverageView): string {
  return patch.kind === 'unknown' ? `not known: ${cellText(patch.reason)}` : 'no changed line is measured'
}

/** Characters of a text that was made elsewhere. */
const LONGEST = 120

function cellText(text: string): string {
  return plain(clip(text, LONGEST))
}

function resultOf(check: GateCheck | undefined): string {
  if (!check) return ''
  if (check.nothingToMeasure) return 'nothing to measure'
  return check.met ? '✅ met' : '❌ not met'
}
