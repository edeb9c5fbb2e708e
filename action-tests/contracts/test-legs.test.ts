import { matchesGlob } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { ci, step } from './ci-yaml.ts'
import { expression, runStep } from './run-step.ts'

interface Leg {
  readonly name: string
  readonly artifact: string
}

const divide = (values: Record<string, string>) =>
  runStep(step('plan', 'Divide the tests'), {
    PYTHON_VERSIONS: '["3.11", "3.12"]',
    TEST_SHARDS: '1',
    LOWEST_DIRECT: 'false',
    FAIL_UNDER: '90',
    JOBS: '["test", "coverage"]',
    ...values,
  })

async function legs(values: Record<string, string>): Promise<Leg[]> {
  const { status, log, outputs } = await divide(values)
  expect({ status, log }).toEqual({ status: 0, log: '' })
  return JSON.parse(outputs['test-legs'] ?? '')
}

const names = async (values: Record<string, string>) => (await legs(values)).map(({ name }) => name)
const artifacts = async (values: Record<string, string>) =>
  (await legs(values)).map(({ artifact }) => artifact)

describe('the legs of the tests', () => {
  it('are named after the Pythons alone by default, as required checks have them', async () => {
    expect(await names({})).toEqual(['3.11', '3.12'])
    expect(ci.jobs.test).toMatchObject({
      name: `test (${expression('matrix.name')})`,
      strategy: { matrix: { include: expression('fromJSON(needs.plan.outputs.test-legs)') } },
    })
  })

  it('are divided into shards on every Python', async () => {
    expect(await legs({ PYTHON_VERSIONS: '["3.12"]', TEST_SHARDS: '2' })).toEqual(
      [1, 2].map(shard => ({
        name: `3.12, ${shard}/2`,
        artifact: `3.12-${shard}-of-2`,
        'python-version': '3.12',
        resolution: 'locked',
        shard,
        shards: 2,
      })),
    )
  })

  it('have one more on the lowest Python by number, whole, for the lowest versions', async () => {
    const given = { PYTHON_VERSIONS: '["3.13t", "3.10", "3.9.2"]', LOWEST_DIRECT: 'true', TEST_SHARDS: '2' }
    const [last, ...others] = (await legs(given)).reverse()
    expect(others).toHaveLength(6)
    expect(last).toEqual({
      name: '3.9.2, lowest-direct',
      artifact: '3.9.2-lowest-direct',
      'python-version': '3.9.2',
      resolution: 'lowest-direct',
      shard: 1,
      shards: 1,
    })
  })

  it('are at most 256, as GitHub runs no more', async () => {
    const pythons = ['3.9', '3.10', '3.11', '3.12', '3.13', '3.14']
    const given = { PYTHON_VERSIONS: JSON.stringify(pythons), TEST_SHARDS: '50' }
    expect(await divide(given)).toMatchObject({
      status: 1,
      log: '::error::test-shards 50 on 6 Pythons makes 300 jobs of test; GitHub runs at most 256. Lower test-shards, or name fewer python-versions.\n',
    })
    expect(await names({ ...given, TEST_SHARDS: '42' })).toHaveLength(252)
  })

  it('are not divided where nobody would ask for the least coverage of all of them', async () => {
    const given = { TEST_SHARDS: '2', JOBS: '["test"]' }
    expect(await divide(given)).toMatchObject({
      status: 1,
      log: '::error::The least coverage is 90%, which a shard alone cannot reach, and the job coverage does not run. Take coverage out of skip, set test-shards: 1, or coverage-min-total: none.\n',
    })
    for (const fine of [{ TEST_SHARDS: '1' }, { FAIL_UNDER: '' }, { JOBS: '["lint"]' }])
      expect(await divide({ ...given, ...fine })).toMatchObject({ status: 0, log: '' })
  })
})

describe('the reports of coverage', () => {
  const pattern = (taken: readonly string[], suffix: string) =>
    String(step('coverage', 'Download the reports').with?.pattern)
      .replace(expression("join(fromJSON(needs.plan.outputs.test-legs).*.artifact, '|')"), taken.join('|'))
      .replace(expression('inputs.artifact-suffix'), suffix)

  it('are those of its own call, of each leg, and no others', async () => {
    const taken = await artifacts({ TEST_SHARDS: '2', LOWEST_DIRECT: 'true' })
    const uploaded = taken.map(artifact => `test-results-${artifact}`)
    const every = [...uploaded, 'integration-results', 'dashboard-coverage']
    for (const name of every) {
      expect(matchesGlob(name, pattern(taken, ''))).toBe(true)
      expect(matchesGlob(`${name}-server`, pattern(taken, '-server'))).toBe(true)
      expect(matchesGlob(`${name}-server`, pattern(taken, ''))).toBe(false)
      expect(matchesGlob(name, pattern(taken, '-server'))).toBe(false)
    }
    expect(matchesGlob('test-results-3.11', pattern(taken, ''))).toBe(false)
    expect(step('test', 'Upload the results').with?.name).toBe(
      `test-results-${expression('matrix.artifact')}${expression('inputs.artifact-suffix')}`,
    )
  })

  it('have names of their own that GitHub takes for artifacts', async () => {
    const all = await artifacts({ TEST_SHARDS: '12', LOWEST_DIRECT: 'true' })
    expect(new Set(all).size).toBe(25)
    expect(all.filter(name => !/^[\w.-]+$/.test(name))).toEqual([])
  })

  const count = async (values: Record<string, string>) => {
    const TEST_LEGS = JSON.stringify(await legs({ TEST_SHARDS: '2', LOWEST_DIRECT: 'true' }))
    const environment = { TEST_LEGS, INTEGRATION: '', DASHBOARD: '', ...values }
    return (await runStep(step('coverage', 'Count the reports'), environment)).outputs
  }

  it.each([
    ['one per leg', {}, '5'],
    ['and one more for tests with a database', { INTEGRATION: 'true' }, '6'],
    ['and one for the dashboard', { INTEGRATION: 'true', DASHBOARD: '17' }, '7'],
  ])('are as many as were promised: %s', async (_, values, expected) => {
    expect(await count(values)).toEqual({ expected })
  })
})
