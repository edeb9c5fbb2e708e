import { describe, expect, it } from '@jest/globals'
import { timelineOf } from '../../src/timing/timeline.ts'
import { runJob, running, step, usualRun } from '../run-of-jobs.ts'

const namesOf = (jobs: readonly { name: string }[] = []) => jobs.map(({ name }) => name)

describe('a timeline', () => {
  const timeline = timelineOf(usualRun())

  it('has the jobs that ran in the order of their creation, the own one at its end', () => {
    expect(namesOf(timeline?.jobs)).toEqual([
      'plan',
      'lint',
      'test (3.11)',
      'test (3.12)',
      'coverage',
      'gate',
    ])
  })

  it('adds up what runners did, and measures from the first job to the own one', () => {
    expect(timeline).toMatchObject({ totalSeconds: 145, runnerSeconds: 9 + 41 + 92 + 40 + 20 })
  })

  it('follows what each job waited for', () => {
    expect(namesOf(timeline?.criticalPath)).toEqual(['plan', 'test (3.11)', 'coverage', 'gate'])
  })

  it('has jobs of the same second in the order in which GitHub names them, whatever the others are', () => {
    const others = [runJob('c', [9, 9, 20]), runJob('a', [0, 0, 8]), runJob('b', [0, 0, 8])]
    const timeline = timelineOf({ own: running('gate', 21, 22), others })
    expect(namesOf(timeline?.jobs)).toEqual(['a', 'b', 'c', 'gate'])
  })

  it('names the step that took longest', () => {
    expect(timeline?.jobs[2]?.longestStep).toEqual({ name: 'Run | the tests', seconds: 70 })
  })

  it('bears a job that seems to be created in the second before the one that it waited for had ended', () => {
    const others = [runJob('a', [0, 0, 10]), runJob('b', [9, 11, 20])]
    expect(namesOf(timelineOf({ own: running('gate', 21, 22), others })?.criticalPath)).toEqual([
      'a',
      'b',
      'gate',
    ])
  })

  it('does not follow jobs that began together, however short', () => {
    const others = [runJob('a', [0, 0, 0]), runJob('b', [0, 0, 20])]
    expect(namesOf(timelineOf({ own: running('gate', 21, 22), others })?.criticalPath)).toEqual(['b', 'gate'])
  })

  it('lets no time run backwards', () => {
    const late = runJob('a', [5, 3, 20], { steps: [step('odd', 9, 8)] })
    const timeline = timelineOf({ own: running('gate', 20, 19), others: [late] })
    expect(timeline?.jobs).toMatchObject([
      { created: 0, started: 0, ended: 15 },
      { created: 15, started: 15, ended: 15 },
    ])
  })
})

describe('a second attempt', () => {
  const own = running('gate', 500, 510, { attempt: 2 })
  const again = runJob('test', [480, 485, 499], { attempt: 2 })
  const takenOver = runJob('plan', [480, 2, 11], { attempt: 2 })
  const earlier = runJob('lint', [0, 3, 44])

  it('counts what was run again, and not what it took over', () => {
    const timeline = timelineOf({ own, others: [takenOver, earlier, again] })
    expect(namesOf(timeline?.jobs)).toEqual(['test', 'gate'])
    expect(timeline).toMatchObject({ totalSeconds: 30, runnerSeconds: 14 })
  })

  it('has no timeline when nothing but the gate was run again', () => {
    expect(timelineOf({ own, others: [takenOver, earlier] })).toBeUndefined()
  })
})
