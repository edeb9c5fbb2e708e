import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { expression, runStep } from './run-step.ts'
import { readYaml, type Step, type Workflow } from './yaml-files.ts'

const { content: ci } = readYaml<Workflow>('.github/workflows/ci.yml')
const everyJob = ['plan', 'lint', 'type-check', 'test', 'security', 'build', 'dashboard']

const step = (job: string, name: string): Step => {
  const found = ci.jobs[job]?.steps?.find(one => one.name === name)
  if (!found) throw new Error(`job ${job} has no step "${name}"`)
  return found
}

describe('ci.yml', () => {
  it('has the promised jobs under the promised names', () => {
    const names = Object.fromEntries(Object.entries(ci.jobs).map(([id, job]) => [id, job.name]))
    const sameAsId = Object.fromEntries([...everyJob, 'gate'].map(id => [id, id]))
    expect(names).toEqual({ ...sameAsId, test: `test (${expression('matrix.python-version')})` })
  })

  it('can be called without an input or a secret', () => {
    const call = ci.on.workflow_call as { inputs: Record<string, { required?: boolean }>; secrets?: unknown }
    expect(Object.entries(call.inputs).filter(([, input]) => input.required)).toEqual([])
    expect(call.secrets).toBeUndefined()
  })

  it('starts lint, type-check and security at once and makes the others wait for the plan alone', () => {
    const waiting = Object.fromEntries(everyJob.map(id => [id, ci.jobs[id]?.needs]))
    const plan = 'plan'
    expect(waiting).toEqual({ test: plan, build: plan, dashboard: plan })
  })

  it('gives no job more than reading the code', () => {
    const rights = Object.values(ci.jobs).map(job => job.permissions)
    expect(rights.filter(right => JSON.stringify(right) !== '{"contents":"read"}')).toEqual([{}])
  })

  it('has a gate that needs every other job and always runs', () => {
    expect(ci.jobs.gate?.needs).toEqual(Object.keys(ci.jobs).filter(id => id !== 'gate'))
    expect(ci.jobs.gate).toMatchObject({ if: expression('always()') })
  })

  it('takes its words for skip only where no word is part of another, since contains() looks at the text', () => {
    const words = everyJob.slice(1)
    expect(words.filter(word => words.some(other => other !== word && other.includes(word)))).toEqual([])
  })

  it('ends every artifact name with the suffix', () => {
    const named = Object.values(ci.jobs)
      .flatMap(job => job.steps ?? [])
      .flatMap(one =>
        one.uses?.startsWith('actions/upload-artifact@') ? [one.with?.name] : [one.with?.['artifact-name']],
      )
      .filter(name => name !== undefined)
    expect(named).toHaveLength(4)
    expect(named.filter(name => !String(name).endsWith(expression('inputs.artifact-suffix')))).toEqual([])
  })
})

describe('the inputs of ci.yml', () => {
  const check = (values: Record<string, string>) =>
    runStep(step('plan', 'Check the inputs'), {
      SKIP: '',
      SECURITY_MODE: 'report',
      SECURITY_SEVERITY: 'low',
      ...values,
    })

  it.each(['', 'security,dashboard', 'security, dashboard', 'lint\ntest\n'])('take skip: %j', async SKIP => {
    expect(await check({ SKIP })).toMatchObject({ status: 0, log: '' })
  })

  it.each([
    [
      { SKIP: 'lint, typecheck' },
      'Input skip is "typecheck"; allowed: lint, type-check, test, security, build, dashboard.',
    ],
    [{ SKIP: 'plan' }, 'Input skip is "plan"; allowed: lint, type-check, test, security, build, dashboard.'],
    [{ SECURITY_MODE: 'fail' }, 'Input security-mode is "fail"; allowed: report, gate.'],
    [{ SECURITY_MODE: '' }, 'Input security-mode is ""; allowed: report, gate.'],
    [{ SECURITY_SEVERITY: 'LOW' }, 'Input security-severity is "LOW"; allowed: low, medium, high.'],
  ])('refuse %j', async (values, message) => {
    expect(await check(values)).toMatchObject({ status: 1, log: `::error::${message}\n` })
  })
})

describe('the plan', () => {
  const choose = (values: Record<string, string>) =>
    runStep(step('plan', 'Choose the jobs'), {
      SKIP: '',
      HAS_PACKAGE: 'true',
      HAS_DASHBOARD: 'true',
      PYTHON_VERSIONS: '["3.11"]',
      ...values,
    })
  const chosen = async (values: Record<string, string>) => {
    const { outputs, log } = await choose(values)
    expect(log).toBe('')
    return { jobs: JSON.parse(outputs.jobs ?? ''), skipped: JSON.parse(outputs.skipped ?? '') }
  }

  it('runs every job of a project that has everything', async () => {
    expect(await chosen({})).toEqual({ jobs: everyJob.slice(1), skipped: {} })
  })

  it('leaves out what the project does not have, with the reason', async () => {
    expect(await chosen({ HAS_PACKAGE: 'false', HAS_DASHBOARD: 'false' })).toEqual({
      jobs: ['lint', 'type-check', 'test', 'security'],
      skipped: { build: 'the project has no package to build', dashboard: 'the project has no dashboard' },
    })
  })

  it('leaves out what skip names, however it is separated', async () => {
    const expected = { test: 'input skip names it', dashboard: 'input skip names it' }
    expect((await chosen({ SKIP: 'test,dashboard', HAS_DASHBOARD: 'false' })).skipped).toEqual(expected)
    expect((await chosen({ SKIP: 'test\ndashboard\n' })).skipped).toEqual(expected)
  })

  it.each(['[]', '', '[ ]', 'null'])('fails on an empty matrix: %j', async PYTHON_VERSIONS => {
    const message = `There is no Python version to test on (python-versions: ${PYTHON_VERSIONS}).`
    expect(await choose({ PYTHON_VERSIONS })).toMatchObject({ status: 1, log: `::error::${message}\n` })
  })
})

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
    return runStep(step('test', 'Summarise the tests'), { PYTHON_VERSION: '3.12' }, folder)
  }

  it('counts results and coverage and folds the failures', async () => {
    const { status, summary, log } = await summarise({
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
    expect(summary).toContain('<code>tests.a.bad</code>')
    expect(log).toBe('::error title=test failed::tests.a.bad: assert 1 == 2\n')
  })

  it('does not call a run without a result a success', async () => {
    expect((await summarise({})).summary).toContain('### Tests on Python 3.12: ❌ no result was written')
  })
})
