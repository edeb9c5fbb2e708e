import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { GitHubApi } from '@tokenledger/testkit'
import { measure } from '../../src/timing/measure.ts'
import { addJob, addJobs, startGitHub } from '../github-run.ts'

let github: GitHubApi

beforeEach(async () => {
  github = await startGitHub()
})
afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const ask = (env: NodeJS.ProcessEnv = {}, access = {}) =>
  measure(
    { token: 't', checkRunId: '5', ...access },
    {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/consumer',
      GITHUB_RUN_ID: '1',
      GITHUB_RUN_ATTEMPT: '1',
      RUNNER_NAME: 'Runner 5',
      ...env,
    },
  )

describe('the times of a run', () => {
  it('are those of the own call', async () => {
    addJobs(github)
    expect(await ask()).toMatchObject({ totalSeconds: 84, runnerSeconds: 69 })
  })

  it('are had once a server that failed answers', async () => {
    addJobs(github)
    github.fault({ path: '/jobs', status: 502, times: 1 })
    expect(await ask()).toMatchObject({ totalSeconds: 84 })
  })
})

describe('no times, with the reason', () => {
  beforeEach(() => addJobs(github))
  const mayNotRead = 'In a private repository it takes "permissions: actions: read" in this job.'

  it('for a token that may not read them', async () => {
    github.settings.permissions = {}
    expect(await ask()).toEqual({
      why: `GitHub answered 403 (Resource not accessible by integration). ${mayNotRead}`,
    })
  })

  it('for a run that GitHub does not show', async () => {
    expect(await ask({ GITHUB_RUN_ID: '77' })).toEqual({
      why: `GitHub answered 404 (Not Found). ${mayNotRead}`,
    })
  })

  it.each([
    [
      { status: 429, retryAfter: 60, body: { message: 'slow down' } },
      '429 (slow down); a later run may be luckier.',
    ],
    [
      { status: 401, body: { message: 'Bad credentials' } },
      '401 (Bad credentials): it does not take the github-token.',
    ],
    [{ status: 200, body: '<html>' }, '200 (<html>).'],
    [{ status: 200, body: { jobs: 'none' } }, '200 ({"jobs":"none"}).'],
  ])('for the answer %j', async (answer, words) => {
    github.fault({ path: '/jobs', ...answer })
    expect(await ask()).toEqual({ why: `GitHub answered ${words}` })
  })

  it("where nobody answers, as on a computer of one's own", async () => {
    expect(await ask({ GITHUB_API_URL: 'http://127.0.0.1:1' })).toEqual({
      why: "GitHub's API cannot be reached (connection refused); a runner on one's own computer has none.",
    })
    expect(await ask({ GITHUB_API_URL: '' })).toMatchObject({
      why: expect.stringContaining('GITHUB_API_URL'),
    })
  })

  it('without a token', async () => {
    expect(await ask({}, { token: '' })).toMatchObject({ why: expect.stringContaining('no github-token') })
  })

  it('for a job that is not to be told among the others', async () => {
    expect(await ask({ RUNNER_NAME: 'unknown' }, { checkRunId: '9' })).toEqual({
      why: 'this job is not to be told among the 5 jobs of the run; give its check-run-id.',
    })
  })

  it('for a gate that alone was run again', async () => {
    github.jobs.length = 0
    addJob(github, 5, 'ci / gate', [81, 84, null])
    expect(await ask()).toEqual({ why: 'no other job ran in this attempt of the run.' })
  })
})
