import { describe, expect, it } from '@jest/globals'
import { runBundle } from '@tokenledger/testkit'
import { ci, everyJob, step } from './ci-yaml.ts'
import { expression } from './run-step.ts'

describe('the gate', () => {
  const { with: given = {} } = step('gate', 'Require every job')
  /** Runs the built action with what the workflow gives it. */
  const judge = (results: Record<string, string>, skipped: Record<string, string> = {}) => {
    const outputs = results.plan && results.plan !== 'success' ? {} : { skipped: JSON.stringify(skipped) }
    const needs = Object.fromEntries(
      everyJob.map(job => [
        job,
        { result: results[job] ?? 'success', outputs: job === 'plan' ? outputs : {} },
      ]),
    )
    const inputs = {
      needs: JSON.stringify(needs),
      skipped: outputs.skipped ?? '',
      'skipped-after': String(given['skipped-after']),
    }
    return runBundle('gate', { inputs, env: { GITHUB_API_URL: 'http://127.0.0.1:1' } })
  }

  it('is given the results of all jobs, the reasons of the plan, and what coverage follows', () => {
    expect(given).toEqual({
      needs: expression('toJSON(needs)'),
      skipped: expression('needs.plan.outputs.skipped'),
      'skipped-after': expect.any(String),
    })
    const measured = [ci.jobs.coverage?.needs ?? []].flat().filter(job => job !== 'plan')
    expect(JSON.parse(String(given['skipped-after']))).toEqual({ coverage: measured })
  })

  it('accepts a skipped job that the plan left out, and shows why', async () => {
    const { exitCode, summary } = await judge(
      { dashboard: 'skipped' },
      { dashboard: 'the project has no dashboard' },
    )
    expect(exitCode).toBe(0)
    expect(summary).toContain('### Gate: ✅ every job that had to run succeeded')
    expect(summary).toContain('| dashboard | ✅ skipped | the project has no dashboard |')
  })

  it('leaves out coverage when a test was not successful, and fails by that job alone', async () => {
    const { exitCode, stdout, summary } = await judge({ test: 'failure', coverage: 'skipped' })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('::error title=gate::Not successful: test (failure). Their logs say why.')
    expect(summary).toContain('| coverage | ✅ skipped | test was not successful |')
  })

  it('fails on coverage that was skipped although all was measured', async () => {
    const { exitCode, stdout } = await judge({ lint: 'failure', coverage: 'skipped' })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('Not successful: lint (failure), coverage (skipped)')
  })

  it('fails when the plan failed, naming it and all that it held back', async () => {
    const { exitCode, stdout } = await judge({
      plan: 'failure',
      test: 'skipped',
      build: 'skipped',
      dashboard: 'skipped',
    })
    expect(exitCode).toBe(1)
    expect(stdout).toContain('plan (failure), test (skipped), build (skipped), dashboard (skipped)')
  })
})
