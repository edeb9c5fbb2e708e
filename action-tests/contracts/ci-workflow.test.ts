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
      test: `test (${expression('matrix.name')})`,
      'integration-after-checks': 'integration (after checks)',
    })
  })

  it('can be called without an input or a secret', () => {
    type Named = Record<string, { required?: boolean }>
    const call = ci.on.workflow_call as { inputs: Named; secrets: Named }
    expect(Object.entries(call.inputs).filter(([, input]) => input.required)).toEqual([])
    expect(call.secrets).toEqual({ 'codecov-token': expect.objectContaining({ required: false }) })
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
      coverage: [plan, 'test', 'integration', 'integration-after-checks', 'dashboard'],
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

  it('gives no job more than reading the code, and coverage what the caller grants', () => {
    const { gate, coverage, ...others } = ci.jobs
    const rights = Object.values(others).map(job => job.permissions)
    expect(rights.filter(right => JSON.stringify(right) !== '{"contents":"read"}')).toEqual([])
    expect(gate?.permissions).toEqual({})
    // Permissions of the workflow would be those of the job, and any right here would be refused to a caller who grants less.
    expect([ci.permissions, coverage?.permissions]).toEqual([undefined, undefined])
  })

  it('runs no code of the project in the job that may have more rights', () => {
    const steps = ci.jobs.coverage?.steps ?? []
    const third = ['checkout', 'download-artifact', 'upload-artifact'].map(name => `actions/${name}@`)
    const known = [...third, '$/actions/coverage-upload-gate']
    const others = steps.filter(({ uses }) => !known.some(name => uses?.startsWith(name)))
    expect(others.map(({ name, shell }) => [name, shell])).toEqual([['Count the reports', 'python3 {0}']])
  })

  it('judges coverage once, when all that measures it was successful', () => {
    expect(ci.jobs.coverage?.if).toBe(
      expression(
        "!cancelled() && !contains(needs.*.result, 'failure') && needs.test.result == 'success' && contains(fromJSON(needs.plan.outputs.jobs), 'coverage')",
      ),
    )
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
    expect(named).toHaveLength(7)
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
      COVERAGE_COMMENT: 'auto',
      COVERAGE_MIN_TOTAL: '',
      COVERAGE_MIN_PATCH: '',
      COVERAGE_MIN_FILE_PATCH: '',
      CODECOV_UPLOAD: 'off',
      TEST_SHARDS: '1',
      POSTGRES_USER: 'ledger',
      POSTGRES_PASSWORD: 'ledger',
      POSTGRES_DATABASE: 'ledger',
      ...values,
    })

  it.each(['', 'security,dashboard', 'security, dashboard', 'lint\ntest\n'])('take skip: %j', async SKIP => {
    expect(await check({ SKIP })).toMatchObject({ status: 0, log: '' })
  })

  it.each([
    { COVERAGE_MIN_TOTAL: '90', COVERAGE_MIN_PATCH: '89.5', COVERAGE_MIN_FILE_PATCH: '0' },
    { COVERAGE_MIN_TOTAL: 'none' },
    { TEST_SHARDS: '50' },
  ])('take numbers: %j', async values => {
    expect(await check(values)).toMatchObject({ status: 0, log: '' })
  })

  it.each([
    [
      { SKIP: 'lint, typecheck' },
      'Input skip is "typecheck"; allowed: lint, type-check, test, integration, security, build, dashboard, coverage.',
    ],
    [
      { SKIP: 'plan' },
      'Input skip is "plan"; allowed: lint, type-check, test, integration, security, build, dashboard, coverage.',
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
    [{ COVERAGE_COMMENT: 'yes' }, 'Input coverage-comment is "yes"; allowed: auto, always, on-failure, off.'],
    [{ CODECOV_UPLOAD: 'true' }, 'Input codecov-upload is "true"; allowed: off, auto, required.'],
    [
      { COVERAGE_MIN_TOTAL: '90%' },
      'Input coverage-min-total is "90%"; give a percentage such as 90 or 89.5.',
    ],
    [
      { COVERAGE_MIN_FILE_PATCH: 'none' },
      'Input coverage-min-file-patch is "none"; give a percentage such as 90 or 89.5.',
    ],
    [{ TEST_SHARDS: '51' }, 'Input test-shards is "51"; give a whole number from 1 to 50.'],
    [{ TEST_SHARDS: '2.5' }, 'Input test-shards is "2.5"; give a whole number from 1 to 50.'],
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
      HAS_COVERAGE: 'true',
      COVERAGE_ASKED: 'none   false',
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
    const without = {
      HAS_PACKAGE: 'false',
      HAS_DASHBOARD: 'false',
      HAS_INTEGRATION: 'false',
      HAS_COVERAGE: 'false',
    }
    const noDatabase = 'the project has neither migrations of PostgreSQL nor marked tests'
    expect(await chosen(without)).toEqual({
      jobs: ['lint', 'type-check', 'test', 'security'],
      skipped: {
        build: 'the project has no package to build',
        dashboard: 'the project has no dashboard',
        integration: noDatabase,
        'integration-after-checks': noDatabase,
        coverage: 'the tests do not install pytest-cov, and no input asks for coverage',
      },
    })
  })

  it('leaves out what skip names, however it is separated', async () => {
    const expected = {
      ...atOnce,
      test: 'input skip names it',
      dashboard: 'input skip names it',
      coverage: 'there are no tests to measure it',
    }
    expect((await chosen({ SKIP: 'test,dashboard', HAS_DASHBOARD: 'false' })).skipped).toEqual(expected)
    expect((await chosen({ SKIP: 'test\ndashboard\n' })).skipped).toEqual(expected)
  })

  it.each(['90  false', ' 80 false', '  100 false', '   true'])(
    'measures coverage where an input asks for it (%j), so that nothing passes unmeasured',
    async COVERAGE_ASKED => {
      const { jobs } = await chosen({ HAS_COVERAGE: 'false', COVERAGE_ASKED })
      expect(jobs).toContain('coverage')
    },
  )

  it.each(['[]', '', '[ ]', 'null'])('fails on an empty matrix: %j', async PYTHON_VERSIONS => {
    const message = `There is no Python version to test on (python-versions: ${PYTHON_VERSIONS}).`
    expect(await choose({ PYTHON_VERSIONS })).toMatchObject({ status: 1, log: `::error::${message}\n` })
  })
})
