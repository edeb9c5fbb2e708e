import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { displayName, expectedJobs, identify } from '../src/workflows/expected-jobs.ts'
import { legsOf } from '../src/workflows/matrix.ts'
import { isTriggeredBy } from '../src/workflows/workflow.ts'
import { job, workflow } from './workflow.ts'

const called = workflow('Called', [job('lint'), job('test', { matrix: { python: ['3.11', '3.12'] } })])
const caller = workflow('CI', [
  job('lint'),
  job('ci', { uses: 'x' }),
  job('again', { name: 'Again', uses: 'x' }),
])
const expected = expectedJobs(caller, () => called)

describe('the jobs that a workflow promises', () => {
  it('include those of the workflows that it calls, under the caller', () => {
    expect(expected.map(each => displayName(each))).toEqual([
      'lint',
      'ci / lint',
      'ci / test',
      'Again / lint',
      'Again / test',
    ])
  })

  it.each([
    ['CI/lint', 'lint', 'lint'],
    ['ci/Called/lint', 'lint', 'ci / lint'],
    ['Again/Called/lint', 'lint', 'Again / lint'],
    ['ci-2/Called/test-1', 'test', 'ci / test'],
  ])('are found in what act calls %s', (path, id, name) => {
    const found = identify(expected, { job: path, id, matrix: {} })
    expect(found && displayName(found)).toBe(name)
  })

  it('are not mistaken for a job of another workflow', () => {
    expect(identify(expected, { job: 'Other/lint', id: 'lint', matrix: {} })).toBeUndefined()
  })

  it('show the values of their matrix as GitHub does', () => {
    const [plain, named] = expectedJobs(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not a template.
      workflow('W', [job('test'), job('types', { name: 'types (${{ matrix.python }}, ${{ inputs.os }})' })]),
      () => called,
    )
    const matrix = { python: '3.12', os: 'linux' }
    expect(plain && displayName(plain, matrix)).toBe('test (3.12, linux)')
    expect(named && displayName(named, matrix)).toBe('types (3.12, …)')
    const [leg] = expectedJobs(
      // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not a template.
      workflow('W', [job('test', { name: 'test (${{ matrix.name }})' })]),
      () => called,
    )
    expect(leg && displayName(leg, { name: '3.12, 1/2', shard: 1 })).toBe('test (3.12, 1/2)')
  })

  it('end with a sentence when a workflow calls itself', () => {
    const self = workflow('Self', [job('me', { uses: 'x' })])
    expect(() => expectedJobs(self, () => self)).toThrow('more than ten levels')
  })
})

describe('a matrix', () => {
  it('is the product of its lists', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 1, maxLength: 4 }), sizes => {
        const axes = sizes.map((size, axis) => [`axis${axis}`, Array.from({ length: size }, (_, n) => n)])
        expect(legsOf(Object.fromEntries(axes))).toBe(sizes.reduce((a, b) => a * b, 1))
      }),
    )
  })

  it('loses what is excluded and gains what is included, unless that only adds to a combination', () => {
    const axes = { os: ['linux', 'mac'], python: [11, 12] }
    expect(legsOf({ ...axes, exclude: [{ os: 'mac', python: 11 }] })).toBe(3)
    expect(legsOf({ ...axes, include: [{ os: 'linux', fast: true }] })).toBe(4)
    expect(legsOf({ ...axes, include: [{ os: 'win', python: 12 }] })).toBe(5)
    expect(legsOf({ include: [{ a: 1 }, { a: 2 }] })).toBe(2)
  })

  it('is unknown while an expression holds it', () => {
    // biome-ignore lint/suspicious/noTemplateCurlyInString: GitHub's expression, not a template.
    const computed = '${{ fromJSON(needs.plan.outputs.legs) }}'
    expect([legsOf({ python: computed }), legsOf({ include: computed })]).toEqual(['unknown', 'unknown'])
  })
})

describe('an event', () => {
  it.each([
    [{ push: null }, 'push', true],
    [{ push: { branches: ['release'] } }, 'push', true],
    [{ push: { tags: ['v*'] } }, 'push', false],
    [{ push: null }, 'pull_request', false],
    [{ workflow_call: null }, 'push', false],
  ] as const)('%j on %s: %s', (on, event, starts) => {
    expect(isTriggeredBy(workflow('W', [job('a')], on), event)).toBe(starts)
  })
})
