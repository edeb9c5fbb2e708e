import { describe, expect, it } from '@jest/globals'
import type { JobRun } from '../src/record/run-record.ts'
import { toldJobs } from '../src/services/told-jobs.ts'
import { expectedJobs } from '../src/workflows/expected-jobs.ts'
import { job, workflow } from './workflow.ts'

const called = workflow('Called', [
  job('plan'),
  job('test', { name: 'test ($' + '{{ matrix.python }})', needs: ['plan'], matrix: { python: ['3.11'] } }),
  job('gate', { needs: ['plan', 'test'] }),
])
const expected = expectedJobs(workflow('CI', [job('plan'), job('ci', { uses: 'x' })]), () => called)

/** A job that started after so many seconds and ran for some; undefined while it runs. */
const run = (path: string, started: number, seconds?: number, fields: Partial<JobRun> = {}): JobRun => ({
  job: path,
  id: path.split('/').at(-1) ?? '',
  matrix: {},
  startedAt: started * 1000,
  end: seconds === undefined ? { kind: 'running' } : { kind: 'finished', result: 'success', seconds },
  steps: [],
  errors: [],
  annotations: [],
  summaries: [],
  ...fields,
})
const at = (seconds: number) => new Date(seconds * 1000).toISOString()

describe("jobs of act in the words of GitHub's API", () => {
  const told = toldJobs(expected, [
    run('CI/plan', 0, 50),
    run('ci/Called/plan', 3, 4),
    run('ci/Called/test', 20, 9, { matrix: { python: '3.11' } }),
    run('ci/Called/gate', 40),
    run('Other/plan', 0, 1),
  ])

  it('have the names that GitHub shows; what no workflow promises is left out', () => {
    expect(told.map(({ name }) => name)).toEqual(['plan', 'ci / plan', 'ci / test (3.11)', 'ci / gate'])
  })

  it('were created when all that they need had ended, however long act held them', () => {
    expect(told.map(({ createdAt, startedAt }) => [createdAt, startedAt])).toEqual([
      [at(0), at(0)],
      [at(3), at(3)],
      [at(7), at(20)],
      [at(29), at(40)],
    ])
  })

  it('say how they ended, and nothing of the kind while they run', () => {
    const reason = 'if: false'
    const ends = [
      run('CI/plan', 0, 5),
      run('CI/plan', 0),
      run('CI/plan', 0, 0, { end: { kind: 'skipped', reason } }),
    ]
    expect(toldJobs(expected, ends).map(({ conclusion, completedAt }) => [conclusion, completedAt])).toEqual([
      ['success', at(5)],
      [null, null],
      ['skipped', at(0)],
    ])
  })

  it('have steps, of which the last may still run', () => {
    const step = { key: '', stage: 'Main' as const, failedInside: [], output: [], startedAt: 1000 }
    const steps = [
      { ...step, name: 'Install', result: 'success' as const, seconds: 2 },
      { ...step, name: 'Test', result: 'running' as const, seconds: 0 },
    ]
    expect(toldJobs(expected, [run('CI/plan', 0, undefined, { steps })])[0]?.steps).toEqual([
      { name: 'Install', startedAt: at(1), completedAt: at(3) },
      { name: 'Test', startedAt: at(1), completedAt: null },
    ])
  })
})
