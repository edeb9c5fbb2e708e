import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { readWorkflow } from '../../src/check/model/workflow.ts'
import { filterPattern, nameWithGaps } from '../../src/workflows/glob.ts'
import { pullRequestChecks } from '../../src/workflows/pull-request-checks.ts'
import { checkout, found, report } from './checking.ts'

const PATH = '.github/workflows/ci.yml'
const RULESET = '.github/rulesets/main.json'
const requiring = (context: string) =>
  JSON.stringify({
    rules: [{ type: 'required_status_checks', parameters: { required_status_checks: [{ context }] } }],
  })
const jobs = (count: number, rest: string) =>
  Array.from({ length: count }, (_, index) => `  j${index}: ${rest}\n`).join('')
const steps = (run: string) => ({
  [PATH]: `on: push\njobs:\n  one:\n    steps:\n      - run: ${JSON.stringify(run)}\n`,
})

// Whatever does not end here is ended by jest, and fails.
describe('check ends', () => {
  it('for workflows that call each other in a circle, many times over', async () => {
    const circle = `on: [pull_request, workflow_call]\njobs:\n${jobs(12, '{ uses: ./.github/workflows/ci.yml }')}`
    expect(await found('required-check-unknown', { [PATH]: circle, [RULESET]: requiring('x') })).toHaveLength(
      1,
    )
    const { required, notRequired } = pullRequestChecks([readWorkflow(PATH, circle)], 'main')
    expect([required.length, notRequired.length]).toEqual([0, 12])
  })

  it('for a matrix of more legs than there are atoms', async () => {
    const axes = Array.from({ length: 40 }, (_, axis) => `a${axis}: [1, 2, 3, 4, 5, 6, 7, 8, 9]`).join(', ')
    const matrix = `on: pull_request\njobs:\n  big: { strategy: { matrix: { ${axes} } } }\n`
    const files = { [PATH]: matrix, [RULESET]: requiring('other') }
    expect(await found('required-check-unknown', files)).toHaveLength(1)
    expect(pullRequestChecks([readWorkflow(PATH, matrix)], 'main').notRequired).toHaveLength(1)
  })

  it('for a name with many gaps', () => {
    const name = nameWithGaps(`${'${' + '{ b }}-'}`.repeat(40))
    expect(name('-'.repeat(2000))).toBe(true)
    expect(name(`${'-'.repeat(2000)}x`)).toBe(false)
  })

  it('for a push with many options that goes elsewhere', async () => {
    const push = steps(`git push ${'--an-option '.repeat(60)}there`)
    expect(await found('push-to-default-branch', push)).toEqual([])
  })

  it('for aliases that would fill the memory', async () => {
    const levels = Array.from({ length: 30 }, (_, n) => `  l${n + 1}: &l${n + 1} [*l${n}, *l${n}, *l${n}]\n`)
    const bomb = `on: push\nenv:\n  l0: &l0 [x]\n${levels.join('')}jobs:\n  one: { steps: [] , if: *l30, timeout-minutes: *l9 }\n`
    expect((await report(checkout({ [PATH]: bomb }))).findings.length).toBeGreaterThan(0)
  })

  it('for scripts made of what its patterns begin with', async () => {
    const piece = fc.constantFrom(
      ...[
        'git push',
        ' --a',
        ' -b',
        ' main',
        'awk ',
        '\n',
        'CHANGELOG',
        '${' + '{ ',
        'inputs[',
        ' }}',
        '"',
        ' \t',
      ],
      ...[
        'pip install ',
        '.',
        'uv sync',
        'twine check ',
        'dist/',
        'gh release create ',
        ' || ',
        'pytest',
        '#',
        '::',
      ],
    )
    const run = fc.tuple(fc.array(piece, { minLength: 1, maxLength: 6 }), fc.integer({ min: 1, max: 400 }))
    const script = fc
      .array(run, { maxLength: 4 })
      .map(runs => runs.map(([p, n]) => p.join('').repeat(n)).join(''))
    await fc.assert(
      fc.asyncProperty(script, async text => {
        expect((await report(checkout(steps(text)))).findings.length).toBeGreaterThan(0)
      }),
      { numRuns: 30 },
    )
  })
})

describe('a filter pattern', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', '/', '1'), maxLength: 12 })

  it('fits what the same regular expression fits', () => {
    const token = fc.constantFrom(
      ...([
        ['a', 'a'],
        ['b', 'b'],
        ['/', '/'],
        ['*', '[^/]*'],
        ['**', '.*'],
      ] as const),
      ...([
        ['[a1]', '[a1]'],
        ['[a-b]', '[a-b]'],
        ['a?', 'a?'],
        ['b+', 'b+'],
      ] as const),
    )
    // Two stars that meet are one sign; a letter keeps them apart.
    const tokens = fc.array(token, { maxLength: 6 }).filter(
      list =>
        !list
          .map(([sign]) => sign)
          .join('')
          .includes('***'),
    )
    fc.assert(
      fc.property(tokens, text, (list, name) => {
        const apart = list.filter(([sign], at) => !(sign.startsWith('*') && list[at - 1]?.[0].endsWith('*')))
        const pattern = apart.map(([sign]) => sign).join('')
        const expression = new RegExp(`^${apart.map(([, source]) => source).join('')}$`)
        expect([pattern, name, filterPattern(pattern)(name)]).toEqual([pattern, name, expression.test(name)])
      }),
      { numRuns: 500 },
    )
  })

  it('never fails to be one, and ends, whatever its signs', () => {
    const pattern = fc.string({ unit: fc.constantFrom(...'a*?+[]!\\-^$(){}|.'), maxLength: 60 })
    fc.assert(
      fc.property(pattern, text, (signs, name) => {
        expect(typeof filterPattern(signs.repeat(5))(name.repeat(20))).toBe('boolean')
      }),
    )
  })

  it.each([
    ['release/**', 'release/1/x', true],
    ['v[12].[0-9]+.[0-9]+', 'v1.10.2', true],
    ['v[12].[0-9]+.[0-9]+', 'v3.1.2', false],
    ['*feature', 'my/feature', false],
    ['docs?', 'doc', true],
    ['a\\*', 'a*', true],
    ['+', '+', true],
  ])('%s fits %s: %s', (pattern, name, fits) => {
    expect(filterPattern(pattern)(name)).toBe(fits)
  })
})
