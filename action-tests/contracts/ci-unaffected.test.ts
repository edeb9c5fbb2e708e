import { describe, expect, it } from '@jest/globals'
import { ci, step } from './ci-yaml.ts'
import { runStep } from './run-step.ts'

const WHY = 'no changed file concerns it: 1 file, documentation'

async function left(unaffected: Record<string, string>, values: Record<string, string> = {}) {
  const { outputs, log } = await runStep(step('plan', 'Choose the jobs'), {
    SKIP: '',
    HAS_PACKAGE: 'true',
    HAS_DASHBOARD: 'true',
    HAS_INTEGRATION: 'true',
    AFTER_CHECKS: 'false',
    HAS_COVERAGE: 'true',
    COVERAGE_ASKED: '80   false',
    PYTHON_VERSIONS: '["3.11"]',
    UNAFFECTED: JSON.stringify(unaffected),
    ...values,
  })
  expect(log).toBe('')
  return { jobs: JSON.parse(outputs.jobs ?? ''), skipped: JSON.parse(outputs.skipped ?? '') }
}

describe('a plan without the jobs that no changed file can influence', () => {
  const all = { test: WHY, integration: WHY, build: WHY, dashboard: WHY, coverage: WHY }

  it('has the jobs that do not wait for it, and the reason of each other one', async () => {
    const { jobs, skipped } = await left(all)
    expect(jobs).toEqual(['lint', 'type-check', 'security'])
    expect(skipped).toEqual({ ...all, 'integration-after-checks': 'integration runs at once' })
  })

  it('gives every other reason first', async () => {
    const { skipped } = await left(all, { HAS_DASHBOARD: 'false', SKIP: 'build', AFTER_CHECKS: 'true' })
    expect(skipped).toMatchObject({
      dashboard: 'the project has no dashboard',
      build: 'input skip names it',
      'integration-after-checks': WHY,
    })
  })

  it('leaves out nothing else', async () => {
    expect((await left({ dashboard: WHY })).skipped).toEqual({
      dashboard: WHY,
      'integration-after-checks': 'integration runs at once',
    })
  })
})

describe('the jobs that may be left out', () => {
  it('are those that wait for the plan; the others have no condition on it', () => {
    const waiting = Object.entries(ci.jobs).filter(([, { needs }]) => [needs].flat().includes('plan'))
    const names = waiting.map(([id]) => id).filter(id => id !== 'gate')
    expect(names).toEqual([
      'test',
      'integration',
      'integration-after-checks',
      'build',
      'dashboard',
      'coverage',
    ])
  })
})
