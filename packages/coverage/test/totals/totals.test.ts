import { describe, expect, it } from '@jest/globals'
import { mergeReports } from '../../src/merge/merge-reports.ts'
import type { FileCoverage } from '../../src/model/file-coverage.ts'
import type { CoverageReport } from '../../src/model/report.ts'
import type { Totals } from '../../src/model/totals.ts'
import { countedTotals } from '../../src/totals/counted-totals.ts'
import { crossCheck } from '../../src/totals/cross-check.ts'
import { exits, file } from '../merge/given.ts'

const totals = (statements: number, executed: number, all = 0, taken = 0): Totals => {
  return { statements, executed, exits: all, taken }
}

function report(
  declared: Totals | undefined,
  files: Readonly<Record<string, FileCoverage>>,
  other: Partial<CoverageReport> = {},
): CoverageReport {
  return {
    path: 'coverage.xml',
    format: 'cobertura',
    writer: 'coverage.py 7.17.3',
    sources: ['/w/src', '/w/lib'],
    ...(declared ? { declared } : {}),
    files: new Map(Object.entries(files)),
    ...other,
  }
}

const counted = (reports: readonly CoverageReport[], excluded = 0) => {
  return countedTotals(reports, mergeReports(reports), excluded)
}

const SMALL = { 'a.py': file({ 1: true, 2: true, 3: false }) }

describe('the totals that count', () => {
  it('are what one report of coverage.py says of itself', () => {
    expect(counted([report(totals(7, 5), SMALL)])).toEqual({
      totals: totals(7, 5),
      source: "the report's own totals",
    })
  })

  it('are computed when files were excluded, when another program wrote it, and when it says nothing', () => {
    const computed = { totals: totals(3, 2), source: 'computed from the lines of 1 report' }
    expect(counted([report(totals(7, 5), SMALL)], 1)).toEqual(computed)
    expect(counted([report(totals(7, 5), SMALL, { writer: 'gcovr 8' })])).toEqual(computed)
    expect(counted([report(undefined, SMALL)])).toEqual(computed)
  })

  it('are computed from several reports', () => {
    const other = { 'a.py': file({ 1: true, 2: false, 3: true }), 'b.py': file({ 1: false }) }
    expect(counted([report(totals(3, 2), SMALL), report(totals(4, 2), other)])).toEqual({
      totals: totals(4, 3),
      source: 'computed from the lines of 2 reports',
    })
  })

  it('hold the exits that the JSON of coverage.py leaves out, which count as taken', () => {
    const leg = (missing: string) => {
      const files = { 'a.py': file({ 1: true, 2: true }, { 1: exits(2, missing) }) }
      return report(totals(2, 2, 4, 3), files, { format: 'coveragepy-json' })
    }
    expect(counted([leg('4'), leg('4')]).totals).toEqual(totals(2, 2, 4, 3))
    expect(counted([leg('4'), leg('5')]).totals).toEqual(totals(2, 2, 4, 4))
    expect(counted([leg('4'), leg('5')], 1).totals).toEqual(totals(2, 2, 2, 2))
  })

  it('are of what is listed where reports are of different code', () => {
    const leg = (declared: Totals) => report(declared, SMALL, { format: 'coveragepy-json' })
    expect(counted([leg(totals(3, 2, 4, 4)), leg(totals(3, 2, 6, 6))]).totals).toEqual(totals(3, 2))
    expect(counted([leg(totals(5, 2, 4, 4)), leg(totals(5, 2, 4, 4))]).totals).toEqual(totals(3, 2))
  })
})

describe('a report whose lines do not add up to its totals', () => {
  const many = (count: number, lines: number) => {
    const each = Math.floor(lines / count)
    const of = (size: number) =>
      file(Object.fromEntries(Array.from({ length: size }, (_, at) => [at + 1, true])))
    return Object.fromEntries(
      Array.from({ length: count }, (_, at) => [
        `${at}.py`,
        of(at === 0 ? lines - each * (count - 1) : each),
      ]),
    )
  }

  it('has lost files to the XML of coverage.py', () => {
    expect(crossCheck(report(totals(29718, 29718), many(108, 28498)))).toEqual({
      severity: 'error',
      message:
        'coverage.xml lists 108 files with 28498 lines, but its own totals say 29718 lines. coverage.py drops files of the same name under several [run] source roots (here: /w/src, /w/lib). Use "coverage json" and files: coverage.json.',
    })
  })

  it('is not believed for the covered lines or branches either', () => {
    expect(crossCheck(report(totals(3, 3), SMALL))?.message).toBe(
      'coverage.xml lists 1 file with 2 covered lines, but its own totals say 3 covered lines. It was changed after coverage.py wrote it. Write it anew and do not edit it.',
    )
    expect(crossCheck(report(totals(3, 2, 1), SMALL))?.message).toContain(
      'with 0 branches, but its own totals say 1 branch.',
    )
  })

  it('is warned of when another program wrote it, which may count otherwise', () => {
    expect(crossCheck(report(totals(4, 2), SMALL, { writer: 'gcovr 8' }))).toEqual({
      severity: 'warning',
      message:
        'coverage.xml lists 1 file with 3 lines, but its own totals say 4 lines. The lines are counted here.',
    })
  })

  it('is fine when it says nothing or agrees, or is a JSON without the exits of a no-branch line', () => {
    expect(crossCheck(report(undefined, SMALL))).toBeUndefined()
    expect(crossCheck(report(totals(3, 2), SMALL))).toBeUndefined()
    expect(crossCheck(report(totals(3, 2, 2, 2), SMALL, { format: 'coveragepy-json' }))).toBeUndefined()
  })
})
