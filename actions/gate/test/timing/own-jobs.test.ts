import { describe, expect, it } from '@jest/globals'
import { callOf, ownJob } from '../../src/timing/own-jobs.ts'
import { runJob, running } from '../run-of-jobs.ts'

describe('the running job', () => {
  const others = [
    runJob('ci / plan', [0, 1, 9], { runner: 'box' }),
    running('server / gate', 9, 10, { runner: 'other' }),
  ]
  const own = running('ci / gate', 9, 10, { runner: 'box' })
  const jobs = [...others, own]

  it('is found by the id of its check run', () => {
    const marks = { checkRunId: String(own.id), runner: 'unknown' }
    expect(ownJob(jobs, marks)).toBe(own)
  })

  it('is found by its runner, which has one job at a time, where there is no id', () => {
    expect(ownJob(jobs, { checkRunId: '', runner: 'box' })).toBe(own)
  })

  it('is not guessed among several', () => {
    expect(
      ownJob([...jobs, running('c', 0, 1, { runner: 'box' })], { checkRunId: '', runner: 'box' }),
    ).toBeUndefined()
    expect(ownJob(jobs, { checkRunId: '', runner: 'unknown' })).toBeUndefined()
  })
})

describe('the jobs of a call', () => {
  const names = [
    'ci / plan',
    'ci (server) / plan',
    'ci / test (a / b)',
    'ci',
    'deploy',
    'prepare / ci / plan',
  ]
  const others = names.map(name => runJob(name, [0, 1, 2]))
  const namesWith = (name: string) => {
    const own = running(name, 3, 4)
    const call = callOf([...others, own], own)
    return [call.own.name, ...call.others.map(job => job.name)]
  }

  it('are those of the same caller, under their own names', () => {
    expect(namesWith('ci / gate')).toEqual(['gate', 'plan', 'test (a / b)'])
    expect(namesWith('ci (server) / gate')).toEqual(['gate', 'plan'])
    expect(namesWith('prepare / ci / gate')).toEqual(['gate', 'plan'])
  })

  it('are all of the run for a job that no other one called', () => {
    expect(namesWith('gate')).toEqual(['gate', ...names])
  })
})
