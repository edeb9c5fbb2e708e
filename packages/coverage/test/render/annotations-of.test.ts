import { describe, expect, it } from '@jest/globals'
import { annotationsOf } from '../../src/render/annotations-of.ts'
import { missed, partial } from './views.ts'

describe('annotationsOf', () => {
  it('places each range at its lines, largest first', () => {
    const files = [
      { path: 'b.py', ranges: [missed(3), missed(9, 12, 3)] },
      { path: 'a.py', ranges: [partial(58, '60', 'exit')] },
    ]
    expect(annotationsOf(files, { level: 'warning' })).toEqual([
      {
        level: 'warning',
        title: 'Not covered',
        file: 'b.py',
        line: 9,
        endLine: 12,
        message: 'Lines 9–12 are not covered by tests (3 statements).',
      },
      {
        level: 'warning',
        title: 'Not covered',
        file: 'a.py',
        line: 58,
        message: 'Line covered in part; never taken: 58→60, 58→exit.',
      },
      {
        level: 'warning',
        title: 'Not covered',
        file: 'b.py',
        line: 3,
        message: 'Line 3 is not covered by tests.',
      },
    ])
  })

  it('stops at the limit, and the last one says how many more there are', () => {
    const ranges = Array.from({ length: 14 }, (_, n) => missed(10 * n + 1))
    const found = annotationsOf([{ path: 'a.py', ranges }], { level: 'notice' })
    expect(found).toHaveLength(10)
    expect(found.filter(({ message }) => message.includes('more'))).toEqual([found[9]])
    expect(found[9]?.message).toBe('Line 91 is not covered by tests. And 4 more: see the summary.')
    expect(
      annotationsOf([{ path: 'a.py', ranges: ranges.slice(0, 10) }], { level: 'notice' })[9]?.message,
    ).not.toContain('more')
  })

  it('has no line where the head of the pull request has none', () => {
    const { head: _, ...onlyMerged } = missed(4, 5)
    const [found] = annotationsOf([{ path: 'a.py', ranges: [onlyMerged] }], { level: 'warning' })
    expect(found).not.toHaveProperty('line')
    expect(found?.message).toBe(
      'Lines 4–5 of the merge with the base branch are not covered by tests (2 statements).',
    )
  })

  it('says that a line is covered in part where the report does not name its exits', () => {
    const [found] = annotationsOf([{ path: 'a.py', ranges: [partial(7)] }], { level: 'warning' })
    expect(found?.message).toBe('Line 7 is covered in part.')
  })
})
