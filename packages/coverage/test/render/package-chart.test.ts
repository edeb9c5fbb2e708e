import { describe, expect, it } from '@jest/globals'
import { packageChart, packageTotals } from '../../src/render/package-chart.ts'
import { renderReport } from '../../src/render/render-report.ts'
import { file, view } from './views.ts'

const files = [
  file('src/ledger/db/a.py', 1, 2),
  file('src/ledger/db/x/b.py', 2, 2),
  file('src/ledger/api/c.py', 1, 10),
]

describe('packageChart', () => {
  it('adds up the folders below what all files have in common', () => {
    const found = packageTotals([...files, file('src/ledger/d.py', 5, 5)])
    expect([...found].map(([name, { executed, statements }]) => [name, executed, statements])).toEqual([
      ['db', 3, 4],
      ['api', 1, 10],
      ['ledger', 5, 5],
    ])
  })

  it('draws the lowest first', () => {
    expect(packageChart(files)).toBe(
      '```mermaid\nxychart-beta horizontal\n  title "Packages, % covered"\n  x-axis ["api", "db"]\n  y-axis 0 --> 100\n  bar [10.0, 75.0]\n```',
    )
  })

  it('is left out for one package, for no file, and in a comment', () => {
    expect(packageChart(files.slice(0, 2))).toBeDefined()
    expect(packageChart([file('a/b.py', 1, 2), file('a/c.py', 1, 2)])).toBeUndefined()
    expect(packageChart([])).toBeUndefined()
    expect(renderReport(view({ files }), { medium: 'summary' })).toContain('```mermaid')
    expect(renderReport(view({ files }), { medium: 'comment', key: 'k' })).not.toContain('```mermaid')
  })

  it('stays small, and no folder name can break out of it', () => {
    const many = Array.from({ length: 12 }, (_, n) => file(`p${n}"]\n\`\`\`/a.py`, n, 12))
    const chart = packageChart(many) ?? ''
    expect(chart).toContain('title "Lowest 8 of 12 packages, % covered"')
    expect(chart.split('\n')).toHaveLength(7)
    expect(chart.match(/```/g)).toHaveLength(2)
  })
})
