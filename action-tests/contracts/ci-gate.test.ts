import { describe, expect, it } from '@jest/globals'
import { everyJob, step } from './ci-yaml.ts'
import { runStep } from './run-step.ts'

describe('the gate', () => {
  const judge = (results: Record<string, string>, skipped: Record<string, string> = {}) => {
    const needs = Object.fromEntries(
      everyJob.map(job => [
        job,
        { result: results[job] ?? 'success', outputs: {} as Record<string, string> },
      ]),
    )
    if (needs.plan)
      needs.plan.outputs = needs.plan.result === 'success' ? { skipped: JSON.stringify(skipped) } : {}
    return runStep(step('gate', 'Require every job'), { NEEDS: JSON.stringify(needs) })
  }

  it('passes when every job succeeded', async () => {
    const { status, summary } = await judge({})
    expect(status).toBe(0)
    expect(summary).toContain('### Gate: ✅ every job that had to run succeeded')
  })

  it('accepts a skipped job that the plan left out, and shows why', async () => {
    const { status, summary } = await judge(
      { dashboard: 'skipped' },
      { dashboard: 'the project has no dashboard' },
    )
    expect(status).toBe(0)
    expect(summary).toContain('| dashboard | ✅ skipped | the project has no dashboard |')
  })

  it('fails on a skipped job that nothing allows', async () => {
    const { status, log } = await judge({ test: 'skipped' }, { dashboard: 'the project has no dashboard' })
    expect(status).toBe(1)
    expect(log).toContain('::error title=gate::Not successful: test (skipped). Their logs say why.')
  })

  it.each(['failure', 'cancelled'])(
    'fails on %s even of a job that might have been skipped',
    async result => {
      const { status, summary } = await judge({ build: result }, { build: 'input skip names it' })
      expect(status).toBe(1)
      expect(summary).toContain(`### Gate: ❌ build (${result})`)
    },
  )

  it.each([
    ['test', 'failure'],
    ['integration', 'cancelled'],
    ['dashboard', 'skipped'],
  ])(
    'leaves out coverage when %s was not successful (%s), and fails by that job alone',
    async (job, result) => {
      const { status, log, summary } = await judge({ [job]: result, coverage: 'skipped' })
      expect(status).toBe(1)
      expect(log).toContain(`::error title=gate::Not successful: ${job} (${result}). Their logs say why.`)
      expect(summary).toContain(`| coverage | ✅ skipped | ${job} was not successful |`)
    },
  )

  it('fails on coverage that was skipped although all was measured', async () => {
    const { status, log } = await judge({ lint: 'failure', coverage: 'skipped' })
    expect(status).toBe(1)
    expect(log).toContain('Not successful: lint (failure), coverage (skipped)')
  })

  it('fails when the plan failed, naming it and all that it held back', async () => {
    const { status, log } = await judge({
      plan: 'failure',
      test: 'skipped',
      build: 'skipped',
      dashboard: 'skipped',
    })
    expect(status).toBe(1)
    expect(log).toContain('plan (failure), test (skipped), build (skipped), dashboard (skipped)')
  })
})
