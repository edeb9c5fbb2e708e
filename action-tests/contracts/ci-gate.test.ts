import { writeFileSync } from 'node:fs'
import { join, matchesGlob } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { everyJob, step } from './ci-yaml.ts'
import { expression, runStep } from './run-step.ts'

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

describe('the summary of the tests', () => {
  const summarise = async (files: Record<string, string>) => {
    const folder = tempDir()
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text)
    return runStep(step('test', 'Summarise the tests'), { TITLE: 'Tests on Python 3.12' }, folder)
  }

  it('counts results and coverage and folds the failures', async () => {
    const { status, summary, log, outputs } = await summarise({
      'junit.xml': `<testsuites><testsuite>
        <testcase classname="tests.a" name="good"/>
        <testcase classname="tests.a" name="bad"><failure message="assert 1 == 2&#10;more">trace</failure></testcase>
        <testcase classname="tests.a" name="left"><skipped/></testcase>
      </testsuite></testsuites>`,
      'coverage.xml': '<coverage lines-valid="200" lines-covered="175"/>',
    })
    expect(status).toBe(0)
    expect(summary).toContain('### Tests on Python 3.12: ❌ 1 passed, 1 failed, 1 skipped')
    expect(summary).toContain('Coverage: 87.5% of lines (175 of 200).')
    expect(outputs).toEqual({ 'has-coverage': 'true' })
    expect(summary).toContain('<code>tests.a.bad</code>')
    expect(log).toBe('::error title=test failed::tests.a.bad: assert 1 == 2\n')
  })

  it('does not call a run without a result a success', async () => {
    const { summary, outputs } = await summarise({})
    expect(summary).toContain('### Tests on Python 3.12: ❌ no result was written')
    expect(outputs).toEqual({})
  })
})

describe('the reports of coverage', () => {
  const pattern = (suffix: string) =>
    String(step('coverage', 'Download the reports').with?.pattern)
      .replace(/\$\{\{ join\(.*?\) \}\}/, '3.11|3.12')
      .replace(expression('inputs.artifact-suffix'), suffix)

  it.each(['test-results-3.11', 'test-results-3.12', 'integration-results', 'dashboard-coverage'])(
    'are those of its own call: %s',
    name => {
      expect(matchesGlob(name, pattern(''))).toBe(true)
      expect(matchesGlob(`${name}-server`, pattern('-server'))).toBe(true)
      expect(matchesGlob(`${name}-server`, pattern(''))).toBe(false)
      expect(matchesGlob(name, pattern('-server'))).toBe(false)
    },
  )
})

describe('the number of reports that coverage waits for', () => {
  const count = async (values: Record<string, string>) => {
    const environment = { PYTHON_VERSIONS: '["3.11", "3.12"]', INTEGRATION: '', DASHBOARD: '', ...values }
    return (await runStep(step('coverage', 'Count the reports'), environment)).outputs
  }

  it.each([
    ['one per Python', {}, '2'],
    ['one more for tests with a database', { INTEGRATION: 'true' }, '3'],
    ['and one for the dashboard', { INTEGRATION: 'true', DASHBOARD: '17' }, '4'],
  ])('is %s', async (_, values, expected) => {
    expect(await count(values)).toEqual({ expected })
  })
})
