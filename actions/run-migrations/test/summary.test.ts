import { describe, expect, it } from '@jest/globals'
import { fitSummary } from '@tokenledger/kit'
import type { Findings } from '../src/findings.ts'
import { noFindings } from '../src/findings.ts'
import { summaryParts } from '../src/summary.ts'
import { timeline } from '../src/timeline.ts'
import { verdictSentence } from '../src/verdict.ts'
import { applied, findings } from './some-findings.ts'

const page = (changes: Partial<Findings>) => fitSummary(summaryParts(findings(changes)))
const at = (current: string) => ({ current, applied: [], pending: [], knowsPending: true })

describe('the verdict', () => {
  it.each<[string, Partial<Findings>, string]>([
    [
      'counts what was applied, and its time',
      { applied: [applied('001'), applied('002')] },
      '✅ 2 migrations applied in 34 ms; the database is at 002 (PostgreSQL 16.14, waited 0.1 s)',
    ],
    [
      'of a rerun has nothing to apply',
      { before: at('002') },
      '✅ Nothing to apply; the database is at 002 (PostgreSQL 16.14, waited 0.1 s)',
    ],
    [
      'of a plan counts what is pending',
      { mode: 'plan', current: '', pending: 1 },
      '📋 1 migration pending, nothing was changed; the database has no migration yet (PostgreSQL 16.14, waited 0.1 s)',
    ],
    [
      'of a baseline counts what was recorded',
      { mode: 'baseline', recorded: ['001', '002'] },
      '✅ 2 migrations recorded as applied without running; the database is at 002 (PostgreSQL 16.14, waited 0.1 s)',
    ],
    [
      'of a failure half-way counts what is there',
      { applied: [applied('001')], current: '001', failure: { message: 'x', problems: [] } },
      '❌ 1 migration applied, then failed; the database is at 001 (PostgreSQL 16.14, waited 0.1 s)',
    ],
    [
      'of a cancelled run tells where the database is',
      { applied: [applied('001')], current: '001', cancelled: true },
      '🛑 Cancelled after 1 migration applied; the database is at 001 (PostgreSQL 16.14, waited 0.1 s)',
    ],
  ])('%s', (_, changes, sentence) => {
    expect(verdictSentence(findings(changes))).toBe(sentence)
  })

  it('of files that are wrong says that the database was not touched', () => {
    const problems = [{ message: 'a' }, { message: 'b' }]
    expect(verdictSentence({ ...noFindings(), failure: { message: '', problems } })).toBe(
      '❌ Migrations: 2 problems before the database was touched',
    )
  })
})

describe('the summary', () => {
  it('opens with the verdict, and has a row for each migration with its strongest lock and rewrites', () => {
    const weak = {
      relation: 'public.teams',
      kind: 'table',
      mode: 'AccessShareLock',
      rewritten: false,
    } as const
    const strong = {
      relation: 'public.users',
      kind: 'table',
      mode: 'AccessExclusiveLock',
      rewritten: true,
    } as const
    const text = page({ applied: [applied('001'), applied('002', { locks: [weak, strong], retries: 2 })] })
    expect(text).toMatch(/^### ✅ 2 migrations applied/)
    expect(text).toContain('| 001 | `migrations/001_step.sql` | 2 | 17 ms | none on what existed | no |')
    expect(text).toContain(
      '| 002 | `migrations/002_step.sql` | 2 | 17 ms, try 3 | AccessExclusive on `public.users` | `public.users` |',
    )
  })

  it('says after a failure where, what, and what to do, with the excerpt', () => {
    const problem = {
      path: 'migrations/002_a.sql',
      position: { line: 3, column: 8 },
      message: 'syntax error at or near "<b>" (42601). Rolled back; database is still at 001.',
      excerpt: '  3 | select ```\n    |        ^',
    }
    const text = page({ applied: [applied('001')], failure: { message: '', problems: [problem] } })
    expect(text).toContain('`migrations/002_a.sql:3:8` syntax error at or near "&#60;b&#62;" (42601).')
    expect(text).toContain('````text\n  3 | select ```\n    |        ^\n````')
    expect(text).toContain('Mend it and run again: the 1 migration below is recorded and will not run twice.')
  })

  it('folds the change of the schema, and cuts one that is too long to read', () => {
    const diff = `${'+ column\n'.repeat(20_000)}+ last`
    const text = page({ schema: { hash: 'h', diff, diffFile: '/tmp/schema.diff' } })
    expect(text).toContain('<details><summary>Schema: what changed</summary>\n\n```diff\n+ column')
    expect(text).toContain('… cut here; the file of schema-diff-file has all of it')
    expect(text).not.toContain('+ last')
  })

  it('has a row for each check and lists warnings with their places', () => {
    const text = page({
      checks: [
        { name: 'twice', verdict: 'passed', message: 'A second run applied nothing.', problems: [], ms: 40 },
        { name: 'upgrade-path', verdict: 'failed', message: 'a | b', diff: '-x\n+y', problems: [], ms: 900 },
      ],
      warnings: [
        { path: 'migrations/002.sql', position: { line: 1, column: 1 }, message: 'drops *a* table' },
      ],
    })
    expect(text).toContain('| twice | ✅ passed | A second run applied nothing. | 40 ms |')
    expect(text).toContain('| upgrade-path | ❌ failed | a \\| b | 900 ms |')
    expect(text).toContain('```diff\n-x\n+y\n```')
    expect(text).toContain('- `migrations/002.sql:1:1` drops &#42;a&#42; table')
  })

  it('of status lists applied and pending', () => {
    const before = {
      current: '001',
      applied: [{ version: '001', name: '001_a', appliedAt: new Date('2026-01-23T10:00:30Z') }],
      pending: [{ version: '002', name: '002_b' }],
      knowsPending: true,
    }
    const text = page({ mode: 'status', before, pending: 1 })
    expect(text).toContain('| 001 | `001_a` | applied 2026-01-23 10:00 UTC |')
    expect(text).toContain('| 002 | `002_b` | **pending** |')
  })

  it('stays within its budget for a thousand migrations and warnings', () => {
    const many = Array.from({ length: 1000 }, (_, at) => applied(String(at).padStart(4, '0')))
    const warnings = many.map(({ path }) => ({ path, message: 'x'.repeat(5000) }))
    const text = page({ applied: many, warnings })
    expect(Buffer.byteLength(text)).toBeLessThan(900 * 1024)
    expect(text).toContain('_800 more rows are in the report._')
  })
})

describe('the timeline', () => {
  it('shows the parts of the run and its slowest twenty migrations, with names that mermaid can read', () => {
    const many = Array.from({ length: 30 }, (_, at) =>
      applied(`${100 + at}`, { ms: at, startedMs: 200 + at }),
    )
    const wait = { name: 'wait: a;b#c', from: 5.2, ms: 0 }
    const chart = timeline(findings({ phases: [wait, { name: 'apply', from: 1000, ms: 50 }], applied: many }))
    expect(chart).toContain('    wait  a b c :5, 6')
    expect(chart).toContain('section migrations, without the 10 fastest')
    expect(chart.match(/_step :/g)).toHaveLength(20)
    expect(chart).toContain('    129_step :1229, 1258')
    expect(chart).not.toContain('109_step')
  })
})
