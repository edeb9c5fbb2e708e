import { stripVTControlCharacters } from 'node:util'
import { describe, expect, it } from '@jest/globals'
import { readActLine } from '../src/act/events.ts'
import { closingTable, verdictSentence } from '../src/closing-table.ts'
import { evidence } from '../src/progress.ts'
import { type JobRun, RunRecord, stepTitle } from '../src/record/run-record.ts'
import { isGood, judge, shortCondition } from '../src/record/verdict.ts'
import { expectedJobs } from '../src/workflows/expected-jobs.ts'
import type { Job } from '../src/workflows/workflow.ts'
import { job, workflow } from './workflow.ts'

type Entry = Record<string, unknown>
const main = (path: string[], step: string) => ({ stage: 'Main', stepID: path, step })

/** Plays lines of act's log, a second apart. */
function play(lines: readonly Entry[]): JobRun[] {
  const record = new RunRecord()
  lines.forEach((line, second) => {
    const event = readActLine(
      JSON.stringify({ job: 'CI/a  ', jobID: 'a', matrix: {}, level: 'info', ...line }),
    )
    if (event) record.add(event, second * 1000)
  })
  return [...record.jobs.values()]
}

const started = { stepid: ['--setup-job'], msg: '⭐ Run Set up job' }
const succeeded = { jobResult: 'success', msg: '🏁  Job succeeded' }
const failed = { jobResult: 'failure', msg: '🏁  Job failed' }
const skipped = { level: 'debug', jobResult: 'skipped', msg: "Skipping job 'a' due to 'github.ref == 'x''" }

describe("act's log", () => {
  it('becomes jobs with steps, their seconds and output, annotations and summaries', () => {
    const [run] = play([
      started,
      { ...main(['0'], 'lint'), msg: '⭐ Run Main lint' },
      { ...main(['0'], 'lint'), msg: 'one\r\ntwo\n', raw_output: true },
      { ...main(['0'], 'lint'), command: 'warning', arg: 'careful\n', kvPairs: { file: 'a.py', line: '3' } },
      { ...main(['0'], 'lint'), stepResult: 'success', msg: '✅' },
      { ...main(['0'], 'lint'), command: 'summary', content: '# Fine\n' },
      succeeded,
    ])
    expect(run).toMatchObject({
      job: 'CI/a',
      end: { kind: 'finished', result: 'success', seconds: 6 },
      steps: [{ name: 'lint', result: 'success', seconds: 3, output: ['one', 'two'] }],
      annotations: [{ level: 'warning', message: 'careful', file: 'a.py', line: '3' }],
      summaries: ['# Fine\n'],
    })
  })

  it('names the step inside a composite action that failed', () => {
    const [run] = play([
      started,
      { ...main(['0'], 'quality'), msg: '⭐ Run Main quality' },
      { ...main(['0', '1'], 'quality'), msg: '⭐ Run Main ruff check' },
      { ...main(['0', '1'], 'quality'), msg: 'E501\n', raw_output: true },
      { ...main(['0', '1'], 'quality'), stepResult: 'failure', msg: '❌' },
      { ...main(['0'], 'quality'), level: 'error', msg: 'exit status 1' },
      { ...main(['0'], 'quality'), stepResult: 'failure', msg: '❌' },
      failed,
    ])
    const [step] = run?.steps ?? []
    expect(step).toMatchObject({ result: 'failure', failedInside: ['ruff check'] })
    expect(run && step && evidence(run, step)).toEqual(['E501', 'exit status 1'])
  })

  it('tells a tolerated failure from one that counts', () => {
    const [run] = play([
      started,
      { ...main(['0'], 'soft'), msg: '⭐ Run Main soft' },
      { ...main(['0'], 'soft'), msg: 'Failed but continue next step' },
      { ...main(['0'], 'soft'), stepResult: 'failure', msg: '❌' },
      succeeded,
    ])
    expect(run?.steps[0]?.result).toBe('tolerated')
  })

  it('shows colours as text and at most the last 40 lines of a failing step', () => {
    const output = Array.from({ length: 300 }, (_, n) => `\u001b[31mline ${n}\u001b[0m`).join('\n')
    const [run] = play([
      started,
      { ...main(['0'], 's'), msg: '⭐ Run Main s' },
      { ...main(['0'], 's'), msg: output, raw_output: true },
    ])
    const [step] = run?.steps ?? []
    const shown = run && step ? evidence(run, step) : []
    expect([shown.length, shown[0], shown.at(-1)]).toEqual([40, 'line 260', 'line 299'])
  })

  it('takes the summary of a composite action once, although act tells it twice', () => {
    const [run] = play([
      started,
      { ...main(['0'], 'quality'), msg: '⭐ Run Main quality' },
      { ...main(['0', 'lint'], 'quality'), msg: '⭐ Run Main ruff' },
      { ...main(['0', 'lint'], 'quality'), command: 'summary', content: '# Fine' },
      { ...main(['0'], 'quality'), command: 'summary', content: '# Fine' },
    ])
    expect(run?.summaries).toEqual(['# Fine'])
  })

  it('does not blame a leg of a matrix for the failure of another', () => {
    const leg = (n: number, line: Entry) => ({ ...line, matrix: { n }, job: `CI/a-${n}` })
    const step = main(['0'], 's')
    const [bad, good] = play([
      leg(1, { ...step, msg: '⭐ Run Main s' }),
      leg(2, { ...step, msg: '⭐ Run Main s' }),
      leg(1, { ...step, level: 'error', msg: 'exit status 1' }),
      leg(1, { ...step, stepResult: 'failure', msg: '❌' }),
      leg(2, { ...step, stepResult: 'success', msg: '✅' }),
      leg(1, failed),
      leg(2, failed),
    ])
    expect([bad?.end, good?.end]).toMatchObject([{ result: 'failure' }, { result: 'success' }])
  })

  it.each([
    ['org/tokenledger-actions/actions/build-package@e2e', 'actions/build-package'],
    ['actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1', 'actions/checkout@3d3c42e'],
    ['echo one\necho two', 'echo one …'],
    ['x'.repeat(100), `${'x'.repeat(71)}…`],
  ])('shortens the step name %j', (name, title) => {
    expect(stepTitle(name)).toBe(title)
  })
})

describe('the verdict', () => {
  const outcomes = (jobs: Job[], lines: readonly Entry[]) =>
    judge(
      expectedJobs(workflow('CI', jobs), () => workflow('Called', [job('inner')])),
      play(lines),
    ).map(({ name, outcome }) => [name, outcome.kind, isGood(outcome)])

  it('is not run, and bad, for a job that act never spoke of or never finished', () => {
    expect(outcomes([job('a'), job('b')], [started])).toEqual([
      ['a', 'not run', false],
      ['b', 'not run', false],
    ])
  })

  it('accepts a skip that the job itself decided, and no other', () => {
    expect(outcomes([job('a', { condition: 'github.ref' })], [skipped])).toEqual([['a', 'skipped', true]])
    expect(outcomes([job('a')], [skipped])).toEqual([['a', 'not run', false]])
  })

  it('leaves the verdict to the job that failed when others are skipped for it', () => {
    const b = { job: 'CI/b', jobID: 'b' }
    expect(outcomes([job('a'), job('b', { needs: ['a'] })], [started, failed, { ...skipped, ...b }])).toEqual(
      [
        ['a', 'failure', false],
        ['b', 'skipped', true],
      ],
    )
  })

  it.each([
    ['a job that it needs', 'always-less', failed, 'a, which it needs, failed'],
    [
      'a job that it needs and that did not run',
      "github.ref == 'x'",
      skipped,
      'a, which it needs, did not run',
    ],
    ['its own condition, asked in any case', '!cancelled() && x', skipped, "if: github.ref == 'x'"],
  ])('names as the reason of a skip %s', (_, condition, end, reason) => {
    const jobs = [job('a', { condition: 'x' }), job('b', { needs: ['a'], condition })]
    const runs = play([started, end, { ...skipped, job: 'CI/b', jobID: 'b' }])
    const verdicts = judge(
      expectedJobs(workflow('CI', jobs), () => workflow('', [])),
      runs,
    )
    expect(verdicts[1]?.outcome).toEqual({ kind: 'skipped', reason })
  })

  it('shows a condition without its marks, and not all of a long one', () => {
    expect(shortCondition(`\${{ a &&\n  b }}`)).toBe('a && b')
    expect(shortCondition(`\${{ ${'a && '.repeat(30)}b }}`)).toMatch(/^a && .{63} …$/)
  })

  it('does not accept a skip although everything that the job needs succeeded', () => {
    const b = { job: 'CI/b', jobID: 'b' }
    const jobs = [job('a'), job('b', { needs: ['a'] })]
    expect(outcomes(jobs, [started, succeeded, { ...skipped, ...b }])[1]).toEqual(['b', 'not run', false])
  })

  it('passes a skip of a calling job on to the jobs of the called workflow', () => {
    expect(outcomes([job('a', { uses: 'x', condition: 'false' })], [skipped])).toEqual([
      ['a / inner', 'skipped', true],
    ])
  })

  it('misses legs of a matrix', () => {
    const lines = [started, succeeded].map(line => ({ ...line, matrix: { n: 1 } }))
    expect(outcomes([job('a', { matrix: { n: [1, 2] } })], lines)).toEqual([
      ['a (1)', 'success', true],
      ['a (matrix)', 'not run', false],
    ])
  })

  it('lets a job fail that may, and names a runner that this computer is not', () => {
    expect(outcomes([job('a', { mayFail: true })], [started, failed])).toEqual([
      ['a', 'allowed failure', true],
    ])
    const msg = '🚧  Skipping unsupported platform -- Try running with `-P windows-2025=...`'
    expect(outcomes([job('a')], [{ msg }])).toEqual([['a', 'not run', false]])
  })

  it('closes with a table and a sentence', () => {
    const verdicts = judge(
      expectedJobs(workflow('CI', [job('a'), job('b')]), () => workflow('X', [])),
      play([started, succeeded]),
    )
    const table = stripVTControlCharacters(closingTable(verdicts)).split('\n')
    expect(table).toEqual([
      'job  result          seconds',
      '----------------------------',
      'a    success             1.0',
      'b    not run                  act ended before it came to this job',
    ])
    expect(verdictSentence(verdicts, 12.4)).toBe('CI failed in 12 s: b')
    expect(verdictSentence(verdicts.slice(0, 1), 12.4)).toBe('CI passed in 12 s: 1 job')
  })
})
