import { describe, expect, it } from '@jest/globals'
import { type Timeline, timelineOf } from '../../src/timing/timeline.ts'
import { chainWords, timingParts } from '../../src/timing/timing-summary.ts'
import { runJob, running, step, usualRun } from '../run-of-jobs.ts'

const partsOf = (run: ReturnType<typeof usualRun>) =>
  timingParts(timelineOf(run) as Timeline).map(({ markdown }) => markdown)

describe('the summary of the times', () => {
  const [sentence = '', chart = '', table = ''] = partsOf(usualRun())

  it('says how long it took, what runners did, and what everything waited for', () => {
    expect(sentence).toBe(
      '**2 m 25 s** from the first job to this one, 3 m 22 s of runners in 5 jobs. Critical path: `plan` 9 s → `test (3.11)` 1 m 32 s → `coverage` 20 s → `gate`, with 21 s of waiting for runners.',
    )
  })

  it('explains the colours of the chart', () => {
    expect(chart).toMatch(
      /^```mermaid\n[\s\S]+\n```\n\nSeconds; grey: waiting for a runner, red: critical path/,
    )
  })

  it('has a folded row for each job before the gate, the critical ones marked', () => {
    expect(table).toBe(
      [
        '<details><summary>Each job</summary>',
        '',
        '| job | waited | ran | longest step |',
        '| --- | --- | --- | --- |',
        '| 🔴 `plan` | 2 s | 9 s |  |',
        '| `lint` | 3 s | 41 s |  |',
        '| 🔴 `test (3.11)` | 12 s | 1 m 32 s | 1 m 10 s `Run \\| the tests` |',
        '| `test (3.12)` | 50 s | 40 s |  |',
        '| 🔴 `coverage` | 4 s | 20 s |  |',
        '',
        '</details>',
      ].join('\n'),
    )
  })

  it('shows a name with backticks and a long step as text of one line', () => {
    const steps = [step(`Run\n${'x'.repeat(99)}`, 0, 3)]
    const others = [runJob('a `b`\nc', [0, 0, 3700], { steps })]
    const [, , odd] = partsOf({ own: running('gate', 3700, 3701), others })
    expect(odd).toContain(`| 🔴 \`\` a \`b\` c \`\` | 0 s | 1 h 1 m | 3 s \`Run ${'x'.repeat(55)}…\` |`)
  })

  it('says how many jobs the chart leaves out', () => {
    const others = Array.from({ length: 51 }, (_, n) => runJob(`job ${n}`, [0, 0, n]))
    const [, many] = partsOf({ own: running('gate', 60, 61), others })
    expect(many).toMatch(/ 2 shorter jobs only in the table\.$/)
  })

  it('writes a chain in one line, a long one by its end', () => {
    const chain = Array.from({ length: 14 }, (_, n) => ({ name: `j${n}`, created: n, started: n, ended: n }))
    expect(chainWords([{ name: 'two\nlines', created: 0, started: 0, ended: 1 }])).toBe('two lines')
    expect(chainWords(chain)).toMatch(/^2 more → j2 0 s → .* → j12 0 s → j13$/)
  })
})
