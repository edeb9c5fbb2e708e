import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import type { CoverageView } from '../../src/render/coverage-view.ts'
import { COMMENT_BUDGET, commentMarker, renderReport } from '../../src/render/render-report.ts'
import { verdictLine } from '../../src/render/verdict-line.ts'
import { anyView } from './arbitrary-view.ts'
import { file, missed, patch, patchFile, view } from './views.ts'

const budgets = fc.integer({ min: 2000, max: 20_000 })

describe('renderReport', () => {
  it('fits every view into every budget of a comment and begins with marker and verdict', () => {
    fc.assert(
      fc.property(anyView, budgets, fc.string(), (any, budget, key) => {
        const text = renderReport(any, { medium: 'comment', key, budget })
        expect(text.length).toBeLessThanOrEqual(budget)
        expect(text.startsWith(`${commentMarker(key)}\n${verdictLine(any)}\n`)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('fits every view into every budget of a summary, in bytes, and begins with the verdict', () => {
    fc.assert(
      fc.property(anyView, budgets, (any, budget) => {
        const text = renderReport(any, { medium: 'summary', budget })
        expect(Buffer.byteLength(text)).toBeLessThanOrEqual(budget)
        expect(text.startsWith(`${verdictLine(any)}\n`)).toBe(true)
      }),
      { numRuns: 300 },
    )
  })

  it('opens and closes as many folds, however much is left out', () => {
    fc.assert(
      fc.property(anyView, budgets, (any, budget) => {
        const text = renderReport(any, { medium: 'comment', key: 'k', budget })
        expect(text.match(/<details>/g)?.length).toBe(text.match(/<\/details>/g)?.length)
      }),
    )
  })

  it('keeps a change of thousands of files within the limits, with the files that miss most', () => {
    const text = renderReport(huge(), { medium: 'comment', key: 'k' })
    expect(text.length).toBeLessThanOrEqual(COMMENT_BUDGET)
    expect(text.length).toBeGreaterThan(0.9 * COMMENT_BUDGET)
    expect(text).toContain('pkg/module_2999.py')
    expect(text).not.toContain('- `pkg/module_1.py`')
    expect(text).toMatch(/- and \d{4} more files/)
    expect(text).toContain(
      "_Shortened to GitHub's limit; [the summary](https://github.com/acme/consumer/actions/runs/123) has more._",
    )
    const summary = renderReport(huge(), { medium: 'summary' })
    expect(Buffer.byteLength(summary)).toBeLessThanOrEqual(900 * 1024)
  })

  it('leaves the least important out first', () => {
    const full = renderReport(view(), { medium: 'comment', key: 'k' })
    expect(full).not.toContain('Shortened')
    const titles = [
      'How this was computed',
      'Lowest',
      'Files with changes',
      'not covered**',
      '| Total |',
      '### ❌',
    ]
    expect(titles.filter(title => !full.includes(title))).toEqual([])
    let shown = titles.length
    for (let budget = full.length; budget >= 400; budget -= 100) {
      const text = renderReport(view(), { medium: 'comment', key: 'k', budget })
      const present = titles.filter(title => text.includes(title))
      expect(present).toEqual(titles.slice(titles.length - present.length))
      expect(present.length).toBeLessThanOrEqual(shown)
      shown = present.length
    }
    expect(shown).toBeLessThan(titles.length)
  })
})

function huge(): CoverageView {
  const names = Array.from({ length: 3000 }, (_, n) => n)
  return view({
    files: names.map(n => file(`pkg/module_${n}.py`, 1, n + 2)),
    patch: patch(...names.map(n => patchFile(`pkg/module_${n}.py`, 1, missed(1, n + 1)))),
  })
}
