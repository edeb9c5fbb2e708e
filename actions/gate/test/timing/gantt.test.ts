import { describe, expect, it } from '@jest/globals'
import type { RunJob } from '@tokenledger/github'
import fc from 'fast-check'
import { ganttChart, MOST_ROWS } from '../../src/timing/gantt.ts'
import { type Timeline, timelineOf } from '../../src/timing/timeline.ts'
import { runJob, running, usualRun } from '../run-of-jobs.ts'

const HEAD = [
  /^```mermaid$/,
  /^---$/,
  /^displayMode: compact$/,
  /^config:$/,
  /^ {2}gantt:$/,
  /^ {4}leftPadding: \d{2,3}$/,
  /^---$/,
  /^gantt$/,
  /^ {2}dateFormat x$/,
  /^ {2}axisFormat %s$/,
  /^ {2}todayMarker off$/,
]
const ROW = /^ {2}section (?:[\p{L}\p{N} ().,/_+…–-]|#\d{1,7};)+$/u
const BAR = /^ {2}(?:[\dhms ]+|#8203;) :(?:done|active|crit|milestone), \d+, \d+$/

/** What mermaid's grammar of this chart takes, and less: a line that is none of these is an error. */
const mistakes = (chart: string) => {
  const lines = chart.split('\n')
  const head = HEAD.flatMap((pattern, at) => (pattern.test(lines[at] ?? '') ? [] : [lines[at]]))
  const body = lines.slice(HEAD.length, -1).filter(line => !ROW.test(line) && !BAR.test(line))
  return [...head, ...body, ...(lines.at(-1) === '```' ? [] : [lines.at(-1)])]
}
const timelineWith = (others: RunJob[]) => timelineOf({ own: running('gate', 100, 101), others }) as Timeline
const rowsOf = (chart: string) => chart.split('\n').filter(line => line.startsWith('  section '))

describe('the chart', () => {
  it('has a row for each job: grey for the wait, red on the critical path, blue elsewhere', () => {
    const lines = ganttChart(timelineOf(usualRun()) as Timeline)
      .split('\n')
      .slice(HEAD.length)
    expect(lines).toEqual([
      '  section plan',
      '  #8203; :done, 0, 2000',
      '  9 s :crit, 2000, 11000',
      '  section lint',
      '  #8203; :done, 0, 3000',
      '  41 s :active, 3000, 44000',
      '  section test (3.11)',
      '  #8203; :done, 12000, 24000',
      '  1 m 32 s :crit, 24000, 116000',
      '  section test (3.12)',
      '  50 s :done, 12000, 62000',
      '  40 s :active, 62000, 102000',
      '  section coverage',
      '  #8203; :done, 117000, 121000',
      '  20 s :crit, 121000, 141000',
      '  section gate',
      '  #8203; :done, 142000, 145000',
      '  #8203; :milestone, 145000, 145000',
      '```',
    ])
  })

  it.each([
    ['a: b; c # d', 'a#58; b#59; c #35; d'],
    ['"q" <b> %%{init} `x`', '#34;q#34; #60;b#62; #37;#37;#123;init#125; #96;x#96;'],
    ['two\nlines', 'two lines'],
    ['größe (日本, 🚀)', 'größe (日本, #128640;)'],
    [' ', '–'],
    ['constructor', '#99;onstructor'],
    ['12', '#49;2'],
    ['x'.repeat(60), `${'x'.repeat(43)}…`],
  ])('writes the name %j so that mermaid reads it as a name', (name, written) => {
    const chart = ganttChart(timelineWith([runJob(name, [0, 0, 9])]))
    expect(rowsOf(chart)[0]).toBe(`  section ${written}`)
  })

  it('has nothing grey where nothing waited', () => {
    expect(ganttChart(timelineWith([runJob('a', [0, 0, 9])]))).not.toContain(':done, 0,')
  })

  it('keeps jobs of one name apart', () => {
    const others = [1, 2, 3].map(() => runJob('same', [0, 0, 9]))
    expect(rowsOf(ganttChart(timelineWith(others)))).toEqual(
      ['same', 'same 2', 'same 3', 'gate'].map(name => `  section ${name}`),
    )
  })

  it('has room for some jobs only: those of the critical path and the longest', () => {
    const many = Array.from({ length: 80 }, (_, n) => runJob(`job ${n}`, [20, 20, 20 + n]))
    const first = runJob('first', [0, 0, 19])
    const rows = rowsOf(ganttChart(timelineWith([first, ...many])))
    expect(rows).toHaveLength(MOST_ROWS)
    expect(rows.slice(0, 2)).toEqual(['  section first', '  section job 32'])
    expect(rows.slice(-2)).toEqual(['  section job 79', '  section gate'])
  })

  it('has no line that mermaid would stumble over, whatever jobs are called and whenever they ran', () => {
    const anyName = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.string({ unit: fc.constantFrom(...'#;:%{}"\n -') }),
    )
    const anyJob = fc.tuple(anyName, fc.nat(9999), fc.nat(9999), fc.nat(9999))
    fc.assert(
      fc.property(fc.array(anyJob, { minLength: 1 }), all => {
        const others = all.map(([name, created, wait, run]) =>
          runJob(name, [created, created + wait, created + wait + run]),
        )
        const chart = ganttChart(timelineWith(others))
        expect(mistakes(chart)).toEqual([])
        expect(chart.length).toBeLessThan(40_000)
      }),
    )
  })
})
