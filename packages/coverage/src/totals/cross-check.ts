import type { CoverageReport } from '../model/report.ts'
import type { Totals } from '../model/totals.ts'
import { listed } from '../paths/listed.ts'
import { sumOf } from './counted-totals.ts'
import { isOfCoveragePy } from './coverage-py.ts'

/** A report whose lines do not add up to what it says of itself. */
export interface Contradiction {
  /** An error for coverage.py, which means the same by both; other writers may count methods or conditions in. */
  readonly severity: 'error' | 'warning'
  /** One line: numbers, cause, remedy. */
  readonly message: string
}

const COUNTS = [
  ['statements', 'line'],
  ['executed', 'covered line'],
  ['exits', 'branch'],
  ['taken', 'covered branch'],
] as const satisfies readonly (readonly [keyof Totals, string])[]

/**
 * Compares the sum of a report's lines with its own totals; undefined when they agree or it has none. coverage.py's XML
 * keeps one file per package and name, whichever root it is under, but counts all in its totals
 * (coverage/xmlreport.py, `package.elements[rel_name]`).
 */
export function crossCheck(report: CoverageReport): Contradiction | undefined {
  const { declared, files, path } = report
  if (!declared) return undefined
  const listed = sumOf(files.values())
  const differing = comparable(report).find(([count]) => listed[count] !== declared[count])
  if (!differing) return undefined
  const [count, noun] = differing
  const numbers = `${path} lists ${numbered(files.size, 'file')} with ${numbered(listed[count], noun)}, but its own totals say ${numbered(declared[count], noun)}.`
  const severity = isOfCoveragePy(report) ? 'error' : 'warning'
  return { severity, message: `${numbers} ${cause(report, listed.statements < declared.statements)}` }
}

/** Exits are compared in coverage.py's XML alone: its JSON leaves out those of `# pragma: no branch`. */
function comparable(report: CoverageReport): readonly (typeof COUNTS)[number][] {
  return isOfCoveragePy(report) && report.format === 'cobertura' ? COUNTS : COUNTS.slice(0, 2)
}

function cause(report: CoverageReport, lost: boolean): string {
  const { sources, format } = report
  if (!isOfCoveragePy(report)) return 'The lines are counted here.'
  if (lost && format === 'cobertura' && sources.length > 1) {
    return `coverage.py drops files of the same name under several [run] source roots (here: ${listed(sources)}). Use "coverage json" and files: coverage.json.`
  }
  return 'It was changed after coverage.py wrote it. Write it anew and do not edit it.'
}

function numbered(count: number, noun: string): string {
  if (count === 1) return `1 ${noun}`
  return `${count} ${noun.endsWith('branch') ? `${noun}es` : `${noun}s`}`
}
