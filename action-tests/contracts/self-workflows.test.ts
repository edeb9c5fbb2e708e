import { describe, expect, it } from '@jest/globals'
import { gitRepo, writeFiles } from '@tokenledger/testkit'
import { repositoryFiles } from '../static/tracked-files.ts'
import { runStep } from './run-step.ts'
import { type Job, readYaml, type Step, type Workflow } from './yaml-files.ts'

const workflow = (name: string) => readYaml<Workflow>(`.github/workflows/self-${name}.yml`).content
const step = (job: Job | undefined, name: string): Step => {
  const found = job?.steps?.find(one => one.name === name)
  if (!found) throw new Error(`there is no step "${name}"`)
  return found
}

describe('self-test.yml', () => {
  const { test, smoke, gate } = workflow('test').jobs
  const { strategy } = test as unknown as { strategy: { matrix: { include: { pattern: string }[] } } }

  it('runs every test file in exactly one part', () => {
    // Where GitHub checks the repository out; jest compares the whole path.
    const checkout = '/home/runner/work/tokenledger-actions/tokenledger-actions'
    const parts = strategy.matrix.include.map(({ pattern }) => new RegExp(pattern))
    const files = repositoryFiles('actions/*.test.ts', 'packages/*.test.ts', 'action-tests/*.test.ts')
    expect(files.length).toBeGreaterThan(200)
    const wrong = files.filter(file => parts.filter(part => part.test(`${checkout}/${file}`)).length !== 1)
    expect(wrong).toEqual([])
  })

  it('starts our actions on the runners that the tests do not reach', () => {
    const { matrix } = (smoke as unknown as { strategy: { matrix: object } }).strategy
    expect(matrix).toEqual({ os: ['windows-latest', 'macos-latest'] })
    const ours = smoke?.steps?.flatMap(({ uses }) => (uses?.startsWith('$/') ? [uses] : []))
    expect(ours).toEqual([
      '$/actions/detect-project',
      '$/setup',
      '$/actions/python-quality',
      '$/actions/python-tests',
      '$/actions/coverage-upload-gate',
      '$/actions/build-package',
    ])
  })

  it('has a gate that fails on anything but success', async () => {
    expect(gate?.needs).toEqual(['test', 'smoke'])
    const judge = (result: string) => {
      const needs = { test: { result: 'success' }, smoke: { result } }
      return runStep(step(gate, 'Require every job'), { NEEDS: JSON.stringify(needs) })
    }
    expect((await judge('success')).status).toBe(0)
    for (const result of ['failure', 'cancelled', 'skipped']) {
      expect(await judge(result)).toMatchObject({
        status: 1,
        log: expect.stringContaining(`smoke: ${result}`),
      })
    }
  })
})

describe('self-dist.yml', () => {
  const compare = step(workflow('dist').jobs.dist, 'Compare them with the commit')

  it('passes a commit that has what its sources write', async () => {
    const { path } = gitRepo({ 'dist/index.js': 'a\n' })
    const { status, summary } = await runStep(compare, {}, path)
    expect([status, summary]).toEqual([0, '### ✅ Aliases, tables and bundles are what the sources write\n'])
  })

  it('names files that the sources write otherwise, and those that the commit lacks', async () => {
    const repo = gitRepo({ 'dist/index.js': 'a\n' })
    writeFiles(repo.path, { 'dist/index.js': 'b\n', 'dist/new.js': 'c\n' })
    const { status, log, summary } = await runStep(compare, {}, repo.path)
    expect(status).toBe(1)
    expect(log).toContain('Run "npm run generate && npm run build" and commit what they wrote.')
    expect(summary).toMatch(/dist\/index\.js[\s\S]*dist\/new\.js/)
  })
})

describe('self-security.yml', () => {
  const { jobs } = workflow('security')

  it('looks with zizmor, CodeQL, Scorecard and the review of dependencies', () => {
    const uses = Object.values(jobs).flatMap(({ steps = [] }) => steps.flatMap(one => one.uses ?? []))
    for (const action of [
      'github/codeql-action/analyze',
      'ossf/scorecard-action',
      'actions/dependency-review-action',
    ])
      expect(uses.some(target => target.startsWith(`${action}@`))).toBe(true)
    expect(step(jobs.zizmor, 'Audit workflows and actions').run).toContain('zizmor --persona=pedantic')
  })

  it("keeps to the conditions of Scorecard's server in the job that publishes", () => {
    const allowed =
      /^(?:actions\/(?:checkout|upload-artifact)|github\/codeql-action\/upload-sarif|ossf\/scorecard-action)@/
    expect(jobs.scorecard?.steps?.filter(({ uses = '' }) => !allowed.test(uses))).toEqual([])
    const signing = Object.entries(jobs).filter(([, { permissions }]) => permissions?.['id-token'])
    expect(signing.map(([job]) => job)).toEqual(['scorecard'])
  })
})
