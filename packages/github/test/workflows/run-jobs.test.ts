import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { WorkflowJob } from '@tokenledger/testkit'
import { GitHubRefusal, runJobs } from '../../src/index.ts'
import { type Remote, remote, repository } from '../repository.ts'

let here: Remote

beforeEach(async () => {
  here = await remote()
})
afterEach(async () => {
  await here.close()
  expect(here.github.violations).toEqual([])
})

const at = (seconds: number) => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString()
const job = (id: number, fields: Partial<WorkflowJob> = {}): WorkflowJob => ({
  id,
  run: 7,
  attempt: 2,
  name: `ci / test (${id})`,
  conclusion: 'success',
  createdAt: at(0),
  startedAt: at(5),
  completedAt: at(60),
  runner: `GitHub Actions ${id}`,
  steps: [],
  ...fields,
})
const read = (signal = new AbortController().signal) =>
  runJobs(here.client, { repository, run: '7', attempt: '2' }, signal)

describe('runJobs', () => {
  it('reads what a job is called, when it was created, taken and done, and its steps that have ended', async () => {
    const steps = [
      { name: 'Set up job', startedAt: at(5), completedAt: at(6) },
      { name: 'Test', startedAt: at(6), completedAt: null },
      { name: 'Post', startedAt: null, completedAt: null },
    ]
    here.github.jobs.push(job(1, { steps, completedAt: null, conclusion: null }), job(2, { attempt: 1 }))
    const start = Date.parse(at(0))
    expect(await read()).toEqual([
      {
        id: 1,
        name: 'ci / test (1)',
        attempt: 2,
        status: 'in_progress',
        conclusion: null,
        createdAt: start,
        startedAt: start + 5000,
        completedAt: null,
        runner: 'GitHub Actions 1',
        steps: [{ name: 'Set up job', startedAt: start + 5000, completedAt: start + 6000 }],
      },
    ])
  })

  it('reads all pages', async () => {
    here.github.jobs.push(...Array.from({ length: 201 }, (_, index) => job(index + 1)))
    const jobs = await read()
    expect(new Set(jobs.map(({ id }) => id)).size).toBe(201)
    expect(here.github.requests).toHaveLength(3)
  })

  it('rejects with the answer of GitHub where it refuses', async () => {
    await expect(read()).rejects.toThrow(GitHubRefusal)
    here.github.settings.permissions = {}
    await expect(read()).rejects.toMatchObject({ response: { status: 403 } })
  })

  it.each([
    ['an answer', { delayMs: 2000 }],
    ['the rest of an answer', { stallAfterBytes: 10 }],
    ['its turn after a rate limit', { status: 429, retryAfter: 20 }],
  ])('gives up waiting for %s when it is told to', async (_, fault) => {
    here.github.jobs.push(job(1))
    here.github.fault({ path: '/jobs', ...fault })
    const signal = AbortSignal.timeout(300)
    await expect(read(signal)).rejects.toMatchObject({ name: 'AbortError' })
    expect(signal.aborted).toBe(true)
  })
})
