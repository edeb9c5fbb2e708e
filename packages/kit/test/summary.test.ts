import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { details, fitSummary, markdownTable } from '../src/summary.ts'

describe('summary', () => {
  it('keeps everything within the budget', () => {
    const parts = [
      { markdown: '# passed', dropOrder: 0 },
      { markdown: 'table', dropOrder: 1 },
    ]
    expect(fitSummary(parts)).toBe('# passed\n\ntable\n')
  })

  it('drops the least important parts and says so, never the verdict', () => {
    const parts = [
      { markdown: '# passed', dropOrder: 0 },
      { markdown: 'a'.repeat(300), dropOrder: 1 },
      { markdown: 'b'.repeat(300), dropOrder: 2 },
    ]
    const fitted = fitSummary(parts, 500)
    expect(fitted).toContain('# passed')
    expect(fitted).toContain('aaa')
    expect(fitted).not.toContain('bbb')
    expect(fitted).toContain('1 sections were left out')
  })

  it('stays within any budget that the verdict fits in, counted in bytes', () => {
    fc.assert(
      fc.property(fc.array(fc.string({ unit: 'grapheme', maxLength: 200 })), bodies => {
        const parts = [
          { markdown: 'passed', dropOrder: 0 },
          ...bodies.map((markdown, i) => ({ markdown, dropOrder: i + 1 })),
        ]
        const fitted = fitSummary(parts, 600)
        return Buffer.byteLength(fitted) <= 600 && fitted.startsWith('passed')
      }),
    )
  })

  it('keeps pipes and new lines inside their cell', () => {
    expect(markdownTable(['a'], [['x | y\nz']])).toBe('| a |\n| --- |\n| x \\| y<br>z |')
  })

  it('folds details so that GitHub renders the Markdown within', () => {
    expect(details('more', '**x**')).toBe('<details><summary>more</summary>\n\n**x**\n\n</details>')
  })
})
