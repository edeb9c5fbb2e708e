import { readFileSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { readWorkflow } from '../../src/check/model/workflow.ts'
import { pullRequestChecks } from '../../src/workflows/pull-request-checks.ts'
import { readWorkflows } from '../../src/workflows/read-workflows.ts'

const ROOT = new URL('../../../../', import.meta.url).pathname

/** Workflows of these jobs; each starts with every pull request unless it says otherwise. */
function checks(files: Readonly<Record<string, string>>) {
  const workflows = Object.entries(files).map(([name, text]) =>
    readWorkflow(`.github/workflows/${name}`, /^on:/m.test(text) ? text : `on: pull_request\njobs:\n${text}`),
  )
  return pullRequestChecks(workflows, 'main')
}
const required = (files: Readonly<Record<string, string>>) => checks(files).required.map(({ name }) => name)
const reasons = (files: Readonly<Record<string, string>>) =>
  checks(files).notRequired.map(({ name, why }) => `${name}: ${why}`)

describe('the checks to require', () => {
  it('are the gate of our ci.yml alone in the example', () => {
    const found = pullRequestChecks(readWorkflows(`${ROOT}examples/tokenledger`), 'main')
    expect(found).toEqual({
      required: [{ name: 'ci / gate', file: '.github/workflows/ci.yml' }],
      notRequired: [],
    })
  })

  it('are those of the jobs of the seed by the names that they show, each leg of a plain matrix too', () => {
    const seed = readFileSync(new URL('../check/fixtures/seed/workflows/ci.yml', import.meta.url), 'utf8')
    expect(required({ 'ci.yml': seed })).toEqual([
      'Lint & Format',
      'Type Check',
      'Test (Python 3.11)',
      'Test (Python 3.12)',
      'Test (Python 3.13)',
      'Integration Tests',
      'Security Scan',
      'Build Package',
      'Build Dashboard',
    ])
  })

  it('are named after the gate that our own ci.yml has', () => {
    const ours = readFileSync(`${ROOT}.github/workflows/ci.yml`, 'utf8')
    const caller = '  ci:\n    name: All\n    uses: ./.github/workflows/ci.yml\n'
    expect(required({ 'mine.yml': caller, 'ci.yml': ours })).toEqual(['All / gate'])
    const remote = '  ci:\n    name: All\n    uses: org/tokenledger-actions/.github/workflows/ci.yml@v1\n'
    expect(required({ 'mine.yml': remote })).toEqual(['All / gate'])
  })

  it.each(['ci.yml', 'release-prepare.yml', 'release-publish.yml', 'version-bump.yml'])(
    'are named after a job that %s of ours has',
    file => {
      const { jobs } = readWorkflow(file, readFileSync(`${ROOT}.github/workflows/${file}`, 'utf8'))
      const call = `  x: { uses: org/tokenledger-actions/.github/workflows/${file}@v1 }\n`
      const [, gate] = required({ 'mine.yml': call })[0]?.split(' / ') ?? []
      expect(jobs.map(({ id, item }) => item.get('name')?.text || id)).toContain(gate)
    },
  )

  it('are the gate and what it does not judge', () => {
    const jobs = `
  test: { strategy: { matrix: { python: [1, 2] } } }
  docs: {}
  gate:
    if: always()
    needs: [test]
    steps: [{ run: 'echo \${{ toJSON(needs) }}' }]
`
    expect(required({ 'ci.yml': jobs })).toEqual(['docs', 'gate'])
  })

  it('are not left to a job that always runs but judges nothing', () => {
    const jobs = '  test: {}\n  notify: { if: always(), needs: [test], steps: [{ run: echo done }] }\n'
    expect(required({ 'ci.yml': jobs })).toEqual(['test', 'notify'])
  })

  it('leave out, with the reason, what may not come', () => {
    expect(
      reasons({
        'docs.yml': 'on: { pull_request: { paths: [docs/**] } }\njobs: { docs: {} }',
        'label.yml': 'on: { pull_request: { types: [labeled] } }\njobs: { label: {} }',
        'next.yml': 'on: { pull_request: { branches: [next, "v*"] } }\njobs: { next: {} }',
        'ci.yml': `
  computed: { strategy: { matrix: '\${{ fromJSON(needs.plan.outputs.m) }}' } }
  other: { uses: somebody/else/.github/workflows/x.yml@v1 }
  flaky: { continue-on-error: true }
  deploy: { if: github.event_name == 'push' }
  maybe: { if: github.actor != 'x', uses: org/tokenledger-actions/.github/workflows/ci.yml@v1 }
`,
      }),
    ).toEqual([
      expect.stringMatching(/^docs: .*filter of paths/),
      expect.stringMatching(/^label: .*only when a pull request is labeled/),
      expect.stringMatching(/^next: .*pull requests to main/),
      expect.stringMatching(/^computed: .*add a job that judges it/),
      expect.stringMatching(/^other: .*not known here/),
      expect.stringMatching(/^flaky: it may fail/),
      expect.stringMatching(/^deploy: it does not run for pull requests/),
      expect.stringMatching(/^maybe: .*its checks never come/),
    ])
  })

  it('know the branches of a trigger as GitHub does', () => {
    const on = (branches: string) => `on: { pull_request: { branches: ${branches} } }\njobs: { a: {} }`
    expect(required({ 'a.yml': on("['ma*']") })).toEqual(['a'])
    expect(required({ 'a.yml': on("['**']") })).toEqual(['a'])
    expect(required({ 'a.yml': on("['**', '!main']") })).toEqual([])
  })

  it('do not come from workflows that pull requests do not start', () => {
    expect(checks({ 'a.yml': 'on: [push, workflow_dispatch]\njobs: { a: {} }' })).toEqual({
      required: [],
      notRequired: [],
    })
  })
})
