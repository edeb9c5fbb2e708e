import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { mergeBranches } from '../../src/merge/merge-branches.ts'
import { exits, unnamed } from './given.ts'

describe('branches of one line in several reports', () => {
  it('miss what all of them miss, by name', () => {
    expect(mergeBranches([exits(3, '4', '9'), exits(3, '9', 'exit')])).toEqual(exits(3, '9'))
    expect(mergeBranches([exits(2, '4'), exits(2, 'exit')])).toEqual(exits(2))
  })

  it('keep two exits of the same name apart', () => {
    expect(mergeBranches([exits(3, 'exit', 'exit'), exits(3, 'exit', 'exit')])).toEqual(
      exits(3, 'exit', 'exit'),
    )
    expect(mergeBranches([exits(3, 'exit', 'exit'), exits(3, 'exit')])).toEqual(exits(3, 'exit'))
  })

  it('are believed to be no more than the best report, by numbers alone', () => {
    expect(mergeBranches([unnamed(2, 1), unnamed(2, 1)])).toEqual(unnamed(2, 1))
    expect(mergeBranches([unnamed(4, 1), unnamed(4, 3)])).toEqual(unnamed(4, 3))
  })

  it('are all taken when one report took them all, whatever the others know', () => {
    expect(mergeBranches([unnamed(2, 1), unnamed(2, 2)])).toEqual(exits(2))
    expect(mergeBranches([exits(2, '4', '5'), unnamed(2, 2)])).toEqual(exits(2))
  })

  it('have no names when a report with other misses has none', () => {
    expect(mergeBranches([exits(3, '4', '5'), exits(3, '5', '6'), unnamed(3, 1)])).toEqual(unnamed(3, 2))
  })

  it('have the most exits that a report has, and of the others no more than they took', () => {
    expect(mergeBranches([exits(3, '4', '5', '6'), exits(2)])).toEqual(unnamed(3, 2))
    expect(mergeBranches([exits(3, '4'), exits(2, '4')])).toEqual(exits(3, '4'))
  })

  const arcs = fc.uniqueArray(fc.constantFrom('3', '4', '5', '6', 'exit'), { minLength: 2 })
  const legsOfOneSource = arcs.chain(all =>
    fc.array(fc.subarray(all), { minLength: 1, maxLength: 4 }).map(taken => ({ all, taken })),
  )

  it('are the union of what each report took, when all are of one source', () => {
    fc.assert(
      fc.property(legsOfOneSource, ({ all, taken }) => {
        const reports = taken.map(some => exits(all.length, ...all.filter(exit => !some.includes(exit))))
        const never = all.filter(exit => !taken.flat().includes(exit))
        expect(mergeBranches(reports)).toEqual(exits(all.length, ...never))
      }),
    )
  })

  it('never have more taken than there can be, with or without names', () => {
    fc.assert(
      fc.property(legsOfOneSource, fc.array(fc.boolean()), ({ all, taken }, hidden) => {
        const reports = taken.map((some, index) => {
          const named = exits(all.length, ...all.filter(exit => !some.includes(exit)))
          return hidden[index] ? unnamed(named.exits, named.taken) : named
        })
        const merged = mergeBranches(reports)
        expect(merged.taken).toBeLessThanOrEqual(new Set(taken.flat()).size)
        expect(merged.taken).toBeGreaterThanOrEqual(Math.max(...taken.map(({ length }) => length)))
        if (merged.missing) expect(merged.missing).toHaveLength(merged.exits - merged.taken)
      }),
    )
  })
})
