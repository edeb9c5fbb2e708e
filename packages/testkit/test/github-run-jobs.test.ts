import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { WorkflowJob } from '@tokenledger/testkit'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'

let lab: GitHubLab

beforeEach(async () => {
  lab = await githubLab()
})
afterEach(async () => {
  await lab.github.close()
  expect(lab.github.violations).toEqual([])
})

const job = (id: number, fields: Partial<WorkflowJob> = {}): WorkflowJob => ({
  id,
  run: 7,
  attempt: 1,
  name: `ci / test (${id})`,
  conclusion: 'success',
  createdAt: '2026-01-01T00:00:00Z',
  startedAt: '2026-01-01T00:00:05Z',
  completedAt: '2026-01-01T00:01:00Z',
  runner: `GitHub Actions ${id}`,
  steps: [
    { name: 'Set up job', startedAt: '2026-01-01T00:00:05Z', completedAt: '2026-01-01T00:00:06Z' },
    { name: 'Test', startedAt: '2026-01-01T00:00:06Z', completedAt: null },
  ],
  ...fields,
})
const list = (attempt_number: number, page = {}) =>
  lab.octokit.actions.listJobsForWorkflowRunAttempt({ ...repo, run_id: 7, attempt_number, ...page })

describe('jobs of an attempt of a run', () => {
  it('are listed page by page, those of other attempts and runs apart', async () => {
    lab.github.jobs.push(job(1), job(2), job(3), job(4, { attempt: 2 }), job(5, { run: 8 }))
    const { data } = await list(1, { per_page: 1, page: 2 })
    expect(data).toMatchObject({ total_count: 3, jobs: [{ id: 2, run_attempt: 1, status: 'completed' }] })
    expect((await list(2)).data.jobs.map(({ id }) => id)).toEqual([4])
  })

  it('may be queued or running', async () => {
    const open = { conclusion: null, completedAt: null }
    lab.github.jobs.push(job(1, open), job(2, { ...open, startedAt: null, runner: null, steps: [] }))
    const { jobs } = (await list(1)).data
    expect(jobs.map(({ status, runner_name }) => [status, runner_name])).toEqual([
      ['in_progress', 'GitHub Actions 1'],
      ['queued', null],
    ])
  })

  it('are not found for an unknown run, nor told to a token that may not read them', async () => {
    await expect(list(1)).rejects.toMatchObject({ status: 404 })
    lab.github.jobs.push(job(1))
    lab.github.settings.permissions = { contents: 'read' }
    await expect(list(1)).rejects.toMatchObject({ status: 403 })
  })
})
