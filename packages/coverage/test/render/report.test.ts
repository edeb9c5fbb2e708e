import { createHash } from 'node:crypto'
import { describe, expect, it } from '@jest/globals'
import type { CoverageView } from '../../src/render/coverage-view.ts'
import { commentMarker, renderReport } from '../../src/render/render-report.ts'
import { verdictLine } from '../../src/render/verdict-line.ts'
import { file, links, missed, partial, passed, patch, patchFile, totals, view } from './views.ts'

const comment = (of: CoverageView) => renderReport(of, { medium: 'comment', key: 'default' })
const diff = (path: string) =>
  `https://github.com/acme/consumer/pull/7/files#diff-${createHash('sha256').update(path).digest('hex')}`
const rows = (markdown: string) => markdown.split('\n').filter(line => line.startsWith('| '))

describe('the verdict', () => {
  it.each<[string, CoverageView, string]>([
    [
      'a gate that failed',
      view(),
      '### ❌ Coverage gate failed – changed lines: 71.43% (5 of 7), required ≥ 80%',
    ],
    ['gates that passed', view(passed), '### ✅ Coverage gate passed – total 91.20%, changed lines 71.43%'],
    [
      'a problem beside the gate',
      view({ ...passed, errors: ['x'] }),
      '### ❌ Coverage: 1 problem; the gate itself passed – total 91.20%, changed lines 71.43%',
    ],
    [
      'no gate',
      view({ verdict: { gate: 'not-applicable', checks: [], failures: [] }, patch: patch() }),
      '### Coverage: total 91.20% (no gate is set)',
    ],
  ])('tells %s in words', (_, of, line) => {
    expect(verdictLine(of)).toBe(line)
    expect(renderReport(of, { medium: 'summary' }).split('\n')[0]).toBe(line)
  })

  it('names every gate that failed', () => {
    const checks = [
      { gate: 'min-total', required: '>= 90%', actual: '89.996% (89996 of 100000)', met: false },
      { gate: 'max-drop', required: 'drop <= 0.5%', actual: 'there is no base report', met: false },
    ] as const
    const line = verdictLine(view({ verdict: { gate: 'fail', checks, failures: [] } }))
    expect(line).toBe(
      '### ❌ Coverage gate failed – total: 89.996% (89996 of 100000), required ≥ 90%; total against base: there is no base report, required drop ≤ 0.5%',
    )
  })

  it('is followed by what to do about it', () => {
    const [, , blank, reason] = comment(
      view({ errors: ['"models.py" fits 2 tracked files; set path-map.'] }),
    ).split('\n')
    expect([blank, reason]).toEqual(['', '- "models.py" fits 2 tracked files; set path-map.'])
    expect(comment(view())).toContain('Cover at least 1 more.')
  })
})

describe('the table', () => {
  it('has each number with its base, its bar, what is required and the result', () => {
    expect(rows(comment(view())).slice(0, 4)).toEqual([
      '|  | Covered |  | Against base | Required | Result |',
      '| --- | --- | --- | --- | --- | --- |',
      '| Total | **91.20%** (912 of 1000) | ▰▰▰▰▰▰▰▰▰▱ | −0.10 (91.30% before) | ≥ 90% | ✅ met |',
      '| Changed lines | **71.43%** (5 of 7) | ▰▰▰▰▰▰▰▱▱▱ |  | ≥ 80% | ❌ not met |',
    ])
  })

  it('leaves out the columns that say nothing', () => {
    const { base: _, ...without } = view({ verdict: { gate: 'not-applicable', checks: [], failures: [] } })
    expect(rows(comment(without))[0]).toBe('|  | Covered |  |')
  })

  it('says why there is nothing to say about changed lines', () => {
    const unknown = view({
      patch: { kind: 'unknown', reason: 'the first push of a branch has nothing to compare with' },
    })
    expect(comment(unknown)).toContain(
      '| not known: the first push of a branch has nothing to compare with |',
    )
    expect(comment(view({ patch: patch() }))).toContain('| no changed line is measured |')
  })

  it('has a row for each of the other gates, and tells one that had nothing to measure', () => {
    const checks = [
      {
        gate: 'min-file-patch',
        required: '>= 50% in each file',
        actual: '0% (0 of 2) in a_b.py, the lowest of 3',
        met: false,
      },
      {
        gate: 'max-drop',
        required: 'drop <= 1%',
        actual: 'nothing to measure: no base',
        met: true,
        nothingToMeasure: true,
      },
    ] as const
    const text = comment(view({ verdict: { gate: 'fail', checks, failures: [] } }))
    expect(text).toContain('| Changed lines of each file | 0% (0 of 2) in a&#95;b.py, the lowest of 3 |')
    expect(text).toContain('| drop ≤ 1% | nothing to measure |')
  })

  it.each([
    [813, 'unchanged (91.30% before)'],
    [803, '+1.00 (90.30% before)'],
  ])('compares %d covered lines of before', (executed, words) => {
    const base = { total: totals(executed, 900, 100, 100), source: 'base.xml' }
    expect(comment(view({ total: totals(813, 900, 100, 100), base }))).toContain(`| ${words} |`)
  })

  it('tells a difference that is too small for its decimals', () => {
    const base = { total: totals(99_999, 1_000_000), source: 'base.xml' }
    expect(comment(view({ total: totals(100_000, 1_000_000), base }))).toContain(
      '| +less than 0.01 (10.00% before) |',
    )
  })

  it.each([
    [0, '▱▱▱▱▱▱▱▱▱▱'],
    [1, '▰▱▱▱▱▱▱▱▱▱'],
    [999, '▰▰▰▰▰▰▰▰▰▱'],
    [1000, '▰▰▰▰▰▰▰▰▰▰'],
  ])('keeps an empty and a full bar for nothing and everything: %d of 1000', (executed, cells) => {
    expect(comment(view({ total: totals(executed, 1000) }))).toContain(`(${executed} of 1000) | ${cells} |`)
  })
})

describe('changed lines that are not covered', () => {
  it('come before every fold, linked to the changes of the pull request', () => {
    const text = comment(view())
    const line = text.split('\n').find(each => each.startsWith('- `tokenledger/config.py`'))
    const url = diff('tokenledger/config.py')
    expect(line).toBe(`- \`tokenledger/config.py\`: [41](${url}R41), [58→exit](${url}R58)`)
    expect(text.indexOf('2 changed lines are not covered')).toBeLessThan(text.indexOf('<details>'))
  })

  it('are linked by the lines of the head, those of the merge alone to the commit that was tested', () => {
    const { head: _, ...onlyMerged } = missed(9)
    const moved = { ...missed(25, 27), head: { from: 20, to: 22 } }
    const text = comment(view({ patch: patch(patchFile('a.py', 0, moved, onlyMerged)) }))
    expect(text).toContain(`[20–22](${diff('a.py')}R20-R22)`)
    expect(text).toContain(
      `[9](https://github.com/acme/consumer/blob/${links.testedSha}/a.py#L9) (of the merge)`,
    )
  })

  it('of a push are linked to the file', () => {
    const { pull: _, ...push } = { ...links, testedSha: links.headSha }
    const text = renderReport(view({ links: push, patch: patch(patchFile('a b.py', 0, missed(3, 4))) }), {
      medium: 'summary',
    })
    expect(text).toContain(`[3–4](https://github.com/acme/consumer/blob/${links.headSha}/a%20b.py#L3-L4)`)
    expect(text).not.toContain('of the merge')
  })

  it('have the files that miss most first, and of each file at most twenty ranges', () => {
    const many = patchFile('b.py', 0, ...Array.from({ length: 23 }, (_, n) => missed(2 * n + 1)))
    const lines = comment(view({ patch: patch(patchFile('a.py', 9, partial(3)), many) })).split('\n')
    const items = lines.filter(line => /^- `[ab]\.py`/.test(line))
    expect(items.map(line => line.slice(0, 8))).toEqual(['- `b.py`', '- `a.py`'])
    expect(items[0]).toMatch(/, and 3 more$/)
    expect(items[1]).toContain('[3 (in part)]')
  })
})

describe('the folds', () => {
  it('list the files with changes and the ten lowest', () => {
    const files = [file('full.py', 5, 5), ...Array.from({ length: 12 }, (_, n) => file(`f${n}.py`, n, 20))]
    const text = comment(view({ files }))
    expect(text).toContain('<details><summary>Files with changes (1)</summary>')
    const lowest = /Lowest 10 files<\/summary>\n\n(.*?)\n\n<\/details>/s.exec(text)?.[1] ?? ''
    expect([...lowest.matchAll(/`(f\d+)\.py`/g)].map(([, name]) => name)).toEqual(
      Array.from({ length: 10 }, (_, n) => `f${n}`),
    )
    expect(lowest).not.toContain('full.py')
  })

  it('say how it was computed', () => {
    const text = comment(
      view({
        computed: {
          reports: [
            {
              path: 'c.xml',
              format: 'cobertura',
              writer: 'coverage.py 7.11.4',
              sources: ['/w/src'],
              files: 3,
            },
          ],
          totalSource: 'computed from the lines of 3 reports',
          unresolved: Array.from({ length: 12 }, (_, n) => `gone${n}.py`),
          excluded: ['tests/a.py'],
          disagreements: [{ path: 'a.py', line: 3, what: 'a statement in 3.11/c.xml, none in 3.13/c.xml' }],
        },
      }),
    )
    for (const words of [
      'Total: computed from the lines of 3 reports, shown with precision 2.',
      'Changed lines: git diff 4c353ff..a1b2c3d, the merge commit against its first parent.',
      'Base: base.xml.',
      `Tested: \`${links.testedSha}\`, head \`${links.headSha}\`.`,
      'Report `c.xml`: cobertura by coverage.py 7.11.4, 3 files; sources `/w/src`.',
      '`gone9.py` and 2 more.',
      'Left out by `exclude`: `tests/a.py`.',
      'Reports disagree: `a.py` line 3, a statement in 3.11/c.xml, none in 3.13/c.xml.',
    ]) {
      expect(text).toContain(words)
    }
  })
})

describe('the end', () => {
  it('is one line with the run, the commits and what became of the upload', () => {
    const text = comment(view({ upload: { text: 'Codecov: uploaded', url: 'https://app.codecov.io/x' } }))
    expect(text.trimEnd().split('\n').at(-1)).toBe(
      `<sub>[Run](${links.runUrl}) · [\`ffeeddc\`](https://github.com/acme/consumer/commit/${links.headSha}) merged as \`a1b2c3d\` · [Codecov: uploaded](https://app.codecov.io/x)</sub>`,
    )
  })

  it('has the warnings above in a list of their own', () => {
    const text = comment(view({ warnings: Array.from({ length: 12 }, (_, n) => `warning ${n}`) }))
    expect(text).toContain('\n\n**Warnings**\n\n- warning 0\n')
    expect(text).toContain('- warning 9\n- and 2 more; the log has them\n')
  })
})

describe('commentMarker', () => {
  it('tells keys apart and is one line whatever the key is', () => {
    const keys = ['default', 'a b', 'a-b', 'a\nb', '-->', 'x'.repeat(500), 'x'.repeat(501)]
    const markers = keys.map(commentMarker)
    expect(new Set(markers).size).toBe(keys.length)
    for (const marker of markers) expect(marker).toMatch(/^<!-- tokenledger-coverage:[^\s>]{1,80} -->$/)
    expect(comment(view()).split('\n')[0]).toBe('<!-- tokenledger-coverage:default -->')
  })
})
