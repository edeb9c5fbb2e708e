import { describe, expect, it } from '@jest/globals'
import { ci, everyJob, step } from './ci-yaml.ts'
import { expression, runStep } from './run-step.ts'

const atOnce = { 'integration-after-checks': 'integration runs at once' }

describe('ci.yml', () => {
  it('has the promised jobs under the promised names', () => {
    const names = Object.fromEntries(Object.entries(ci.jobs).map(([id, job]) => [id, job.name]))
    const sameAsId = Object.fromEntries([...everyJob, 'gate'].map(id => [id, id]))
    expect(names).toEqual({
      ...sameAsId,
      test: `test (${expression('matrix.python-version')})`,
      'integration-after-checks': 'integration (after checks)',
    })
  })

  it('can be called without an input or a secret', () => {
    const call = ci.on.workflow_call as { inputs: Record<string, { required?: boolean }>; secrets?: unknown }
    expect(Object.entries(call.inputs).filter(([, input]) => input.required)).toEqual([])
    expect(call.secrets).toBeUndefined()
  })

  it('starts lint, type-check and security at once and makes the others wait for the plan alone', () => {
    const waiting = Object.fromEntries(everyJob.map(id => [id, ci.jobs[id]?.needs]))
    const plan = 'plan'
    expect(waiting).toEqual({
      test: plan,
      integration: plan,
      'integration-after-checks': [plan, 'lint', 'type-check'],
      build: plan,
      dashboard: plan,
    })
  })

  it('has one job with a database in two orders, the same in all but what it waits for', () => {
    const {
      name: _n,
      needs: _w,
      if: _i,
      ...same
    } = ci.jobs['integration-after-checks'] ?? { steps: [], name: '' }
    expect(ci.jobs.integration).toMatchObject(same)
  })

  it('starts the database without waiting for its health, as the migrations wait by logging in', () => {
    const { postgres } = (ci.jobs.integration as { services?: Record<string, object> }).services ?? {}
    expect(postgres).toMatchObject({ ports: ['5432'] })
    expect(postgres).not.toHaveProperty('options')
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
    const words = everyJob.slice(1).filter(job => job !== 'integration-after-checks')
    expect(words.filter(word => words.some(other => other !== word && other.includes(word)))).toEqual([])
  })

  it('ends every artifact name with the suffix', () => {
    const named = Object.values(ci.jobs)
      .flatMap(job => job.steps ?? [])
      .flatMap(one =>
        one.uses?.startsWith('actions/upload-artifact@') ? [one.with?.name] : [one.with?.['artifact-name']],
      )
      .filter(name => name !== undefined)
    expect(named).toHaveLength(6)
    expect(named.filter(name => !String(name).endsWith(expression('inputs.artifact-suffix')))).toEqual([])
  })
})

describe('the inputs of ci.yml', () => {
  const check = (values: Record<string, string>) =>
    runStep(step('plan', 'Check the inputs'), {
      SKIP: '',
      SECURITY_MODE: 'report',
      SECURITY_SEVERITY: 'low',
      MIGRATIONS_TOOL: 'auto',
      POSTGRES_USER: 'ledger',
      POSTGRES_PASSWORD: 'ledger',
      POSTGRES_DATABASE: 'ledger',
      ...values,
    })

  it.each(['', 'security,dashboard', 'security, dashboard', 'lint\ntest\n'])('take skip: %j', async SKIP => {
    expect(await check({ SKIP })).toMatchObject({ status: 0, log: '' })
  })

  it.each([
    [
      { SKIP: 'lint, typecheck' },
      'Input skip is "typecheck"; allowed: lint, type-check, test, integration, security, build, dashboard.',
    ],
    [
      { SKIP: 'plan' },
      'Input skip is "plan"; allowed: lint, type-check, test, integration, security, build, dashboard.',
    ],
    [{ SECURITY_MODE: 'fail' }, 'Input security-mode is "fail"; allowed: report, gate.'],
    [{ SECURITY_MODE: '' }, 'Input security-mode is ""; allowed: report, gate.'],
    [
      { MIGRATIONS_TOOL: 'flyway' },
      'Input migrations-tool is "flyway"; allowed: auto, sql, alembic, command.',
    ],
    [
      { POSTGRES_PASSWORD: 'p@ss' },
      'Input postgres-password may hold letters, digits, _ and - only, and may not be empty.',
    ],
    [
      { POSTGRES_USER: '' },
      'Input postgres-user may hold letters, digits, _ and - only, and may not be empty.',
    ],
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
      HAS_INTEGRATION: 'true',
      AFTER_CHECKS: 'false',
      PYTHON_VERSIONS: '["3.11"]',
      ...values,
    })
  const chosen = async (values: Record<string, string>) => {
    const { outputs, log } = await choose(values)
    expect(log).toBe('')
    return { jobs: JSON.parse(outputs.jobs ?? ''), skipped: JSON.parse(outputs.skipped ?? '') }
  }

  it('runs every job of a project that has everything', async () => {
    const jobs = everyJob.slice(1).filter(job => job !== 'integration-after-checks')
    expect(await chosen({})).toEqual({ jobs, skipped: atOnce })
  })

  it('runs the job with a database after the checks where that is asked for', async () => {
    const { jobs, skipped } = await chosen({ AFTER_CHECKS: 'true' })
    expect(jobs).toEqual(everyJob.slice(1).filter(job => job !== 'integration'))
    expect(skipped).toEqual({ integration: 'integration-after-checks runs in its place' })
    const named = { integration: 'input skip names it', 'integration-after-checks': 'input skip names it' }
    expect((await chosen({ AFTER_CHECKS: 'true', SKIP: 'integration' })).skipped).toEqual(named)
  })

  it('leaves out what the project does not have, with the reason', async () => {
    const without = { HAS_PACKAGE: 'false', HAS_DASHBOARD: 'false', HAS_INTEGRATION: 'false' }
    const noDatabase = 'the project has neither migrations of PostgreSQL nor marked tests'
    expect(await chosen(without)).toEqual({
      jobs: ['lint', 'type-check', 'test', 'security'],
      skipped: {
        build: 'the project has no package to build',
        dashboard: 'the project has no dashboard',
        integration: noDatabase,
        'integration-after-checks': noDatabase,
      },
    })
  })

  it('leaves out what skip names, however it is separated', async () => {
    const expected = { ...atOnce, test: 'input skip names it', dashboard: 'input skip names it' }
    expect((await chosen({ SKIP: 'test,dashboard', HAS_DASHBOARD: 'false' })).skipped).toEqual(expected)
    expect((await chosen({ SKIP: 'test\ndashboard\n' })).skipped).toEqual(expected)
  })

  it.each(['[]', '', '[ ]', 'null'])('fails on an empty matrix: %j', async PYTHON_VERSIONS => {
    const message = `There is no Python version to test on (python-versions: ${PYTHON_VERSIONS}).`
    expect(await choose({ PYTHON_VERSIONS })).toMatchObject({ status: 1, log: `::error::${message}\n` })
  })
})
