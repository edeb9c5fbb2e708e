import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type GateRules, judge, RESULTS, type Result } from '../src/verdict.ts'

const rules = (
  results: Readonly<Record<string, Result>>,
  skipped: Readonly<Record<string, string>> = {},
  skippedAfter: Readonly<Record<string, readonly string[]>> = {},
): GateRules => ({
  needs: new Map(Object.entries(results)),
  skipped: new Map(Object.entries(skipped)),
  skippedAfter: new Map(Object.entries(skippedAfter)),
})
const failed = (...given: Parameters<typeof rules>) =>
  judge(rules(...given)).flatMap(({ job, passes }) => (passes ? [] : [job]))

describe('the verdict', () => {
  it('is good when every job succeeded', () => {
    expect(failed({ plan: 'success', test: 'success' })).toEqual([])
  })

  it('accepts a skipped job that has a reason, and keeps the reason', () => {
    expect(judge(rules({ dashboard: 'skipped' }, { dashboard: 'there is none' }))).toEqual([
      { job: 'dashboard', result: 'skipped', passes: true, reason: 'there is none' },
    ])
  })

  it('refuses a skipped job that nothing allows', () => {
    expect(judge(rules({ test: 'skipped' }, { dashboard: 'there is none' }))).toEqual([
      { job: 'test', result: 'skipped', passes: false, reason: 'nothing allows it' },
    ])
  })

  it.each(['failure', 'cancelled'] as const)(
    'refuses %s even of a job that might have been skipped',
    result => {
      expect(failed({ build: result }, { build: 'input skip names it' })).toEqual(['build'])
    },
  )
})

describe('a job that follows others', () => {
  const after = { coverage: ['test', 'dashboard'] }

  it.each(['failure', 'cancelled', 'skipped'] as const)(
    'may be skipped when one of them was not successful (%s), which fails by itself alone',
    result => {
      const judged = judge(rules({ test: 'success', dashboard: result, coverage: 'skipped' }, {}, after))
      expect(judged.filter(({ passes }) => !passes).map(({ job }) => job)).toEqual(['dashboard'])
      expect(judged.at(-1)?.reason).toBe('dashboard was not successful')
    },
  )

  it('may not be skipped for a job that it does not follow, or one that was left out for a reason', () => {
    const results = { lint: 'failure', test: 'success', dashboard: 'skipped', coverage: 'skipped' } as const
    expect(failed(results, { dashboard: 'there is none' }, after)).toEqual(['lint', 'coverage'])
  })

  it('keeps the reason that it has by itself', () => {
    const judged = judge(
      rules({ test: 'failure', coverage: 'skipped' }, { coverage: 'not asked for' }, after),
    )
    expect(judged.at(-1)?.reason).toBe('not asked for')
  })

  it('may not be excused by one that waits to be excused', () => {
    const circle = { a: ['b'], b: ['a'] }
    expect(failed({ a: 'skipped', b: 'skipped' }, {}, circle)).toEqual(['a', 'b'])
  })
})

describe('whatever the rules', () => {
  const jobs = ['a', 'b', 'c', 'd'] as const
  const job = fc.constantFrom(...jobs)

  it('a gate passes only when every job succeeded or was skipped with a reason of its own', () => {
    const law = fc.property(
      fc.dictionary(job, fc.constantFrom(...RESULTS), { minKeys: 1 }),
      fc.dictionary(job, fc.constantFrom('a reason')),
      fc.dictionary(job, fc.uniqueArray(job)),
      (results, skipped, after) => {
        const isGood = Object.entries(results).every(
          ([name, result]) => result === 'success' || (result === 'skipped' && name in skipped),
        )
        const named = Object.fromEntries(
          Object.entries(after).map(([name, others]) => [name, others.filter(other => other in results)]),
        )
        expect(failed(results, skipped, named).length === 0).toBe(isGood)
      },
    )
    fc.assert(law)
  })
})
