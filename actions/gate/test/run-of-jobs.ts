import type { RunJob } from '@tokenledger/github'

const START = Date.UTC(2026, 0, 1)

/** Seconds since the start of the run: created, taken by a runner, ended. */
export type Times = readonly [created: number, started: number, ended: number]

let ids = 0

/** A job that succeeded in the first attempt, unless `fields` say otherwise. */
export function runJob(name: string, [created, started, ended]: Times, fields: Partial<RunJob> = {}): RunJob {
  return {
    id: ++ids,
    name,
    attempt: 1,
    status: 'completed',
    conclusion: 'success',
    createdAt: START + created * 1000,
    startedAt: START + started * 1000,
    completedAt: START + ended * 1000,
    runner: `GitHub Actions ${ids}`,
    steps: [],
    ...fields,
  }
}

/** A job that is running. */
export function running(
  name: string,
  created: number,
  started: number,
  fields: Partial<RunJob> = {},
): RunJob {
  return runJob(name, [created, started, 0], {
    status: 'in_progress',
    conclusion: null,
    completedAt: null,
    ...fields,
  })
}

/** A step, in seconds since the start of the run. */
export function step(name: string, started: number, ended: number): RunJob['steps'][number] {
  return { name, startedAt: START + started * 1000, completedAt: START + ended * 1000 }
}

/** A run as ci.yml has it: plan and lint at once, two tests after the plan, coverage after the tests, then the gate. */
export function usualRun(): { own: RunJob; others: RunJob[] } {
  return {
    own: running('gate', 142, 145),
    others: [
      runJob('plan', [0, 2, 11]),
      runJob('lint', [0, 3, 44]),
      runJob('test (3.11)', [12, 24, 116], {
        steps: [step('Install', 25, 40), step('Run | the tests', 40, 110)],
      }),
      runJob('test (3.12)', [12, 62, 102]),
      runJob('coverage', [117, 121, 141]),
      runJob('dashboard', [12, 12, 12], { conclusion: 'skipped' }),
    ],
  }
}
