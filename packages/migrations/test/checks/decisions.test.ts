import { describe, expect, it } from '@jest/globals'
import { defaultChecks, parseChecks } from '../../src/checks/defaults.ts'
import { saferWay } from '../../src/checks/safer-way.ts'
import { newestRelease } from '../../src/checks/upgrade-base.ts'

describe('the default checks', () => {
  const occasion = { event: 'pull_request', tool: 'sql', target: 'local', hasBoth: false } as const

  it('prove much where code is reviewed, and cost nothing elsewhere', () => {
    const proofs = ['twice', 'upgrade-path', 'heads', 'locks', 'invalid']
    expect(defaultChecks(occasion)).toEqual(proofs)
    expect(defaultChecks({ ...occasion, event: 'merge_group', hasBoth: true })).toEqual([
      ...proofs,
      'equivalence',
    ])
    expect(defaultChecks({ ...occasion, target: 'remote' })).toEqual(['heads', 'invalid'])
    expect(defaultChecks({ ...occasion, event: 'push', hasBoth: true })).toEqual(['heads', 'invalid'])
  })

  it('run without an input, with "default", and not with "none"', () => {
    const heads = { name: 'heads', required: false }
    expect(parseChecks('', ['heads'])).toEqual([heads])
    expect(parseChecks('models, default', ['heads'])).toEqual([heads, { name: 'models', required: true }])
    expect(parseChecks('heads\ntwice heads', ['heads'])).toEqual([
      { name: 'twice', required: true },
      { name: 'heads', required: true },
    ])
    expect(parseChecks(' none ', ['heads'])).toEqual([])
  })

  it('refuse words that are no checks', () => {
    expect(() => parseChecks('twise, heads, lock', [])).toThrow(
      'Input checks has "twise", "lock"; allowed: default, none, or a list of twice, up-down-up, upgrade-path, heads, models, locks, invalid, equivalence.',
    )
    expect(() => parseChecks('none, heads', [])).toThrow('Give none alone')
  })
})

describe('the newest release of some tags', () => {
  it.each([
    [['v1.9.0', 'v1.10.0', 'v1.2.0'], 'v1.10.0'],
    [['v1.0.0', 'v2.0.0-rc.1', '2.0.0rc1', '2.0.0.dev3', 'v2.0.0a1'], 'v1.0.0'],
    [['1.0', '1.0.post1', '1.0.0.post2'], '1.0.0.post2'],
    [['ledger-v1.4.0', 'ledger/1.5.0', 'ledger@1.6.0+build.3'], 'ledger@1.6.0+build.3'],
    [['v1', 'latest', 'release', 'v1.x'], undefined],
    [[], undefined],
  ])('of %j is %s', (tags, newest) => {
    expect(newestRelease(tags)).toBe(newest)
  })
})

describe('the safer way', () => {
  const lock = { relation: 'public.t', kind: 'table', mode: 'AccessExclusiveLock', rewritten: false } as const

  it.each([
    ['CREATE UNIQUE INDEX i ON t (a)', 'CREATE INDEX CONCURRENTLY, alone in a file'],
    ['drop index i; SELECT 1', 'DROP INDEX CONCURRENTLY'],
    ['REFRESH MATERIALIZED VIEW v', 'CONCURRENTLY'],
    ['ALTER TABLE t\n  ALTER a SET NOT NULL', 'NOT VALID, validate it in a later file'],
    ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0)', 'Add it with NOT VALID'],
    ['ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u', 'Add it with NOT VALID'],
    ['ALTER TABLE t ADD CONSTRAINT c CHECK (a > 0) NOT VALID', 'It is short here'],
    ['ALTER TABLE t ADD CONSTRAINT u UNIQUE (a)', 'CREATE UNIQUE INDEX CONCURRENTLY'],
    ['ALTER TABLE t ADD a int; CREATE INDEX i ON t (a)', 'It is short here'],
  ])('than %s', (statement, way) => {
    expect(saferWay(statement, lock)).toContain(way)
  })

  it('than to write a table anew is to do it step by step', () => {
    expect(saferWay('ALTER TABLE t ALTER a TYPE bigint', { ...lock, rewritten: true })).toContain(
      'in batches',
    )
  })
})
