import { describe, expect, it } from '@jest/globals'
import { messages, missed, partial, patchFile, patchOf, verdict } from './given.ts'

const PATCH = patchOf(patchFile('tokenledger/config.py', 5, missed(41), partial(58, 'exit')))

describe('min-patch', () => {
  it('says where changed lines are not covered and how many are needed', () => {
    expect(verdict({ minPatch: '80' }, { patch: PATCH })).toEqual({
      gate: 'fail',
      checks: [{ gate: 'min-patch', required: '>= 80%', actual: '71.43% (5 of 7)', met: false }],
      failures: [
        {
          gate: 'min-patch',
          message:
            'Changed lines: 71.43% (5 of 7) is below min-patch 80%. Not covered: tokenledger/config.py 41, 58→exit. Cover at least 1 more.',
        },
      ],
    })
  })

  it('is met by enough of them', () => {
    expect(verdict({ minPatch: '71' }, { patch: PATCH }).gate).toBe('pass')
  })

  it('writes neighbours as a range, and a branch without names as partial', () => {
    const patch = patchOf(
      patchFile('a.py', 0, missed(3), missed(4), missed(5), partial(6), missed(7), missed(9)),
      patchFile('b.py', 1),
      patchFile('c.py', 0, partial(2, '3', 'exit')),
    )
    expect(messages(verdict({ minPatch: '50' }, { patch }))[0]).toContain(
      'Not covered: a.py 3-5, 6 (partial), 7, 9; c.py 2→3, 2→exit. Cover',
    )
  })

  it('cuts a long list and says how much there is', () => {
    const odd = Array.from({ length: 30 }, (_, index) => missed(2 * index + 1))
    const patch = patchOf(patchFile('a.py', 0, ...odd.slice(0, 8)), patchFile('b.py', 0, ...odd))
    expect(messages(verdict({ minPatch: '50' }, { patch }))[0]).toContain(
      'Not covered: a.py 1, 3, 5, 7, 9, 11, 13, 15; b.py 1, 3 and 28 more. Cover at least 19 more.',
    )
  })

  it('has nothing to measure when no changed line is a statement, and says so', () => {
    expect(verdict({ minPatch: '80' }, { patch: patchOf() })).toEqual({
      gate: 'not-applicable',
      checks: [
        {
          gate: 'min-patch',
          required: '>= 80%',
          actual: 'nothing to measure: no changed line is a measured statement',
          met: true,
          nothingToMeasure: true,
        },
      ],
      failures: [],
    })
  })

  it('has nothing to measure in a run without changes, for the reason that is given', () => {
    const patch = { notApplicable: 'a scheduled run changes nothing' }
    const { gate, checks } = verdict({ minPatch: '80', minTotal: '90' }, { patch })
    expect(gate).toBe('pass')
    expect(checks[1]?.actual).toBe('nothing to measure: a scheduled run changes nothing')
  })

  it('fails when the changed lines are not known', () => {
    expect(messages(verdict({ minPatch: '80' }))).toEqual([
      'min-patch cannot be judged: the changed lines of this run are not known. Run it on a pull request or a push, or leave min-patch out.',
    ])
  })
})

describe('min-file-patch', () => {
  it('fails for each file below it', () => {
    const patch = patchOf(
      patchFile('a.py', 9, missed(1)),
      patchFile('b.py', 1, missed(4)),
      patchFile('c.py', 0, partial(2, '9')),
    )
    const failed = verdict({ minFilePatch: '80' }, { patch })
    expect(failed.checks).toEqual([
      {
        gate: 'min-file-patch',
        required: '>= 80% in each file',
        actual: '0% (0 of 1) in c.py, the lowest of 3',
        met: false,
      },
    ])
    expect(messages(failed)).toEqual([
      'Changed lines of b.py: 50% (1 of 2) is below min-file-patch 80%. Not covered: b.py 4. Cover at least 1 more.',
      'Changed lines of c.py: 0% (0 of 1) is below min-file-patch 80%. Not covered: c.py 2→9. Cover at least 1 more.',
    ])
  })

  it('is met when the lowest file is high enough', () => {
    const patch = patchOf(patchFile('a.py', 9, missed(1)), patchFile('b.py', 1))
    expect(verdict({ minFilePatch: '90' }, { patch })).toMatchObject({
      gate: 'pass',
      checks: [{ actual: '90% (9 of 10) in a.py, the lowest of 2', met: true }],
    })
  })
})
