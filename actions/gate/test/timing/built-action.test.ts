import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import type { GitHubApi } from '@tokenledger/testkit'
import { needsJson, runGate } from '../gate-run.ts'
import { addJobs, startGitHub } from '../github-run.ts'

let github: GitHubApi

beforeEach(async () => {
  github = await startGitHub()
})
afterEach(async () => {
  await github.close()
  expect(github.violations).toEqual([])
})

const needs = needsJson({ plan: 'success', test: 'success' })
const run = (inputs = {}, env = {}) =>
  runGate(
    { needs, 'check-run-id': '5', ...inputs },
    { env: { ...github.env, RUNNER_NAME: 'Runner 5', ...env } },
  )
const VERDICT = '### Gate: ✅ every job that had to run succeeded\n\n| job | result | why skipped |'

describe('with the times', () => {
  beforeEach(() => addJobs(github))

  it.each([
    ['the id of its check run', {}],
    ['its runner', { 'check-run-id': '' }],
  ])('shows below the verdict what its own call took, which it knows by %s', async (_, inputs) => {
    const { exitCode, outputs, stdout, summary, annotations } = await run(inputs)
    expect({ exitCode, annotations }).toEqual({ exitCode: 0, annotations: [] })
    expect(outputs).toEqual({
      verdict: 'success',
      failed: '[]',
      'total-seconds': '84',
      'runner-seconds': '69',
      'critical-path': '["plan","test (3.11)","gate"]',
    })
    expect(stdout).toContain(
      '1 m 24 s from start to gate. Critical path: plan 9 s → test (3.11) 1 m 0 s → gate\n',
    )
    expect(summary.startsWith(VERDICT)).toBe(true)
    expect(summary).toContain('\n**1 m 24 s** from the first job to this one, 1 m 9 s of runners in 2 jobs.')
    expect(summary).toContain('\n```mermaid\n')
    expect(summary).toContain('| 🔴 `test (3.11)` | 8 s | 1 m 0 s | 1 m 0 s `Run the tests` |')
  })

  it('fails all the same where a job failed', async () => {
    const { exitCode, outputs } = await run({ needs: needsJson({ plan: 'success', test: 'failure' }) })
    expect({ exitCode, outputs }).toMatchObject({
      exitCode: 1,
      outputs: { verdict: 'failure', 'total-seconds': '84' },
    })
  })
})

describe('without the times', () => {
  it('says why in one line, and the verdict stands', async () => {
    addJobs(github)
    github.settings.permissions = {}
    const { exitCode, outputs, stdout, stderr, summary, annotations } = await run()
    expect({ exitCode, annotations, stderr }).toEqual({ exitCode: 0, annotations: [], stderr: '' })
    expect(outputs).toEqual({ verdict: 'success', failed: '[]' })
    expect(stdout.match(/^No timing: .*$/gm)).toEqual([expect.stringContaining('GitHub answered 403')])
    expect(summary.startsWith(VERDICT)).toBe(true)
    expect(summary).not.toContain('mermaid')
  })

  it('gives up on a slow GitHub, and the verdict stands', async () => {
    addJobs(github)
    github.fault({ path: '/jobs', stallAfterBytes: 100 })
    const { exitCode, outputs, stdout } = await run({ needs: needsJson({ test: 'failure' }) })
    expect({ exitCode, outputs }).toEqual({
      exitCode: 1,
      outputs: { verdict: 'failure', failed: '["test"]' },
    })
    expect(stdout).toContain('No timing: GitHub took longer than 5 s to name the jobs of this run.\n')
  })
})
