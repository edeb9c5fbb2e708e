import { describe, expect, it } from '@jest/globals'
import type { PatchFile, UncoveredLine } from '../../src/patch/patch-coverage.ts'
import { type LineFacts, uncoveredFiles, uncoveredRanges } from '../../src/render/uncovered.ts'

/** Statements on these lines; the head is the tested tree. */
function facts(...statements: number[]): LineFacts {
  return { isMeasured: (_, line) => statements.includes(line), headLine: (_, line) => line }
}

function missed(line: number, ...changed: number[]): UncoveredLine {
  return { line, changed: changed.length > 0 ? changed : [line], kind: 'missed', missing: [] }
}

function partial(line: number, ...missing: string[]): UncoveredLine {
  return { line, changed: [line], kind: 'partial', missing }
}

function file(...uncovered: UncoveredLine[]): PatchFile {
  return { path: 'a.py', covered: 1, valid: 1 + uncovered.length, uncovered }
}

const spans = (changed: PatchFile, about: LineFacts) =>
  uncoveredRanges(changed, about).map(({ from, to, statements }) => [from, to, statements])

describe('uncoveredRanges', () => {
  it('joins lines with nothing measured between, and no others', () => {
    expect(spans(file(missed(3), missed(4), missed(8)), facts(3, 4, 8))).toEqual([[3, 8, 3]])
    expect(spans(file(missed(3), missed(4), missed(8)), facts(3, 4, 6, 8))).toEqual([
      [3, 4, 2],
      [8, 8, 1],
    ])
  })

  it('reaches over the changed lines of a statement, which need not be its first', () => {
    expect(spans(file(missed(3, 5, 6), missed(7)), facts(3, 7))).toEqual([[5, 7, 2]])
  })

  it('keeps a partial line by itself, with its exits', () => {
    const ranges = uncoveredRanges(file(missed(2), partial(3, '5', 'exit'), missed(4)), facts(2, 3, 4, 5))
    expect(ranges.map(({ kind, exits }) => [kind, ...exits])).toEqual([
      ['missed'],
      ['partial', '3→5', '3→exit'],
      ['missed'],
    ])
  })

  it('names lines and exits as the head of the pull request has them', () => {
    // The base branch gained five lines above.
    const merge: LineFacts = {
      isMeasured: () => true,
      headLine: (_, line) => (line > 5 ? line - 5 : undefined),
    }
    const [first, second] = uncoveredRanges(file(missed(20), partial(25, '26', '3')), merge)
    expect(first).toMatchObject({ from: 20, to: 20, head: { from: 15, to: 15 } })
    expect(second?.exits).toEqual(['20→21', '20→3'])
  })

  it('takes what the head has of a range, and says so when it has nothing', () => {
    const gone = (...lines: number[]): LineFacts => ({
      isMeasured: () => false,
      headLine: (_, line) => (lines.includes(line) ? undefined : line),
    })
    const changed = file(missed(3), missed(4), missed(5), missed(6))
    expect(uncoveredRanges(changed, gone(3, 6))[0]?.head).toEqual({ from: 4, to: 5 })
    expect(uncoveredRanges(changed, gone(3, 4, 5, 6))[0]).not.toHaveProperty('head')
  })

  it('are listed for files that have some', () => {
    const covered: PatchFile = { path: 'b.py', covered: 2, valid: 2, uncovered: [] }
    const files = uncoveredFiles({ covered: 3, valid: 4, files: [covered, file(missed(1))] }, facts(1))
    expect(files.map(({ path }) => path)).toEqual(['a.py'])
  })
})
