import { describe, expect, it } from '@jest/globals'
import { expression, runStep } from './run-step.ts'
import { type Action, readYaml, type Workflow } from './yaml-files.ts'

const { content } = readYaml<Workflow>('.github/workflows/version-bump.yml')
const { bump, commit, tag, gate } = content.jobs
const call = content.on.workflow_call
const action = readYaml<Action>('actions/version-bump/action.yml').content
const example = readYaml<Workflow>('examples/tokenledger/.github/workflows/version-bump.yml').content

describe('version-bump.yml', () => {
  it('has the promised jobs under the promised names', () => {
    const names = Object.entries(content.jobs).map(([id, job]) => [id, job.name])
    expect(names).toEqual(['bump', 'commit', 'tag', 'gate'].map(id => [id, id]))
  })

  it('starts one of them: tag for a push, else the one of the mode', () => {
    const conditions = [bump, commit, tag].map(job => job?.if)
    expect(conditions).toEqual([
      expression("github.event_name != 'push' && inputs.mode == 'pr'"),
      expression("github.event_name != 'push' && inputs.mode == 'commit'"),
      expression("github.event_name == 'push' || inputs.mode == 'tag'"),
    ])
  })

  it('lets each write what it makes, and nothing else', () => {
    expect([bump, commit, tag, gate].map(job => job?.permissions)).toEqual([
      { contents: 'write', 'pull-requests': 'write' },
      { contents: 'write', actions: 'write' },
      { contents: 'write', actions: 'write' },
      {},
    ])
  })

  it('can be called without an input or a secret', () => {
    const { inputs = {}, secrets } = call as typeof call & { secrets: object }
    expect(Object.values(inputs).filter(({ required }) => required)).toEqual([])
    expect(secrets).toEqual({ token: expect.objectContaining({ required: false }) })
  })

  it('has the inputs of the action with its defaults', () => {
    const shared = Object.entries(call?.inputs ?? {}).filter(([name]) => name in (action.inputs ?? {}))
    expect(shared.map(([name]) => name)).toHaveLength(Object.keys(call?.inputs ?? {}).length - 1)
    const defaults = shared.map(([name, { default: value }]) => [name, String(value)])
    expect(defaults).toEqual(shared.map(([name]) => [name, action.inputs?.[name]?.default]))
  })

  it('hands every input to the action under its own name, and to the tag what concerns it', () => {
    const { 'runs-on': _, ...inputs } = call?.inputs ?? {}
    const given = (names: string[]) =>
      Object.fromEntries(names.map(name => [name, expression(`inputs.${name}`)]))
    const token = { 'github-token': expression('secrets.token || github.token') }
    const [bumped, tagged] = [bump, tag].map(job => job?.steps?.at(-1)?.with)
    expect(bumped).toEqual({ ...given(Object.keys(inputs)), ...token })
    const ofTag = ['dry-run', 'path', 'tag-format', 'base', 'release-workflow']
    expect(tagged).toEqual({ mode: 'tag', ...given(ofTag), ...token })
  })

  it('has the outputs of the action, from whichever job ran', () => {
    const names = Object.keys(action.outputs ?? {})
    expect(Object.keys(call?.outputs ?? {})).toEqual(names)
    expect([bump, commit, tag].map(job => Object.keys(job?.outputs ?? {}))).toEqual([names, names, names])
  })

  it('has all history where it decides the part, and the last two commits where it tags', () => {
    const depth = [bump, commit, tag].map(job => job?.steps?.[0]?.with?.['fetch-depth'])
    expect(depth).toEqual([0, 0, 2])
  })

  it('sets up uv for the tool alone, without a cache that others can write', () => {
    const setUp = bump?.steps?.filter(({ uses }) => uses?.includes('setup-uv-python'))
    expect(setUp).toMatchObject([
      { if: expression("inputs.engine == 'bump-my-version'"), with: { install: 'none', cache: false } },
    ])
    expect(tag?.steps).toHaveLength(2)
  })

  it('uses the secret in place of the token of the job, and for the API alone', () => {
    for (const job of [bump, commit, tag]) {
      const given = job?.steps?.map(step => JSON.stringify(step).match(/secrets\.\w+|github\.token/g) ?? [])
      expect(given?.slice(0, -1).flat()).toEqual([])
      expect(given?.at(-1)).toEqual(['secrets.token', 'github.token'])
    }
  })
})

describe("the example's call of it", () => {
  const [job] = Object.values(example.jobs)

  it('grants what all of its jobs together declare, as GitHub refuses the call otherwise', () => {
    const declared = [bump, commit, tag].flatMap(each => Object.entries(each?.permissions ?? {}))
    expect(job?.permissions).toEqual(Object.fromEntries(declared))
  })

  it('waits for its turn by hand and loses no push', () => {
    expect(example.concurrency).toEqual({
      group: `version-bump-${expression("github.event_name == 'push' && github.sha || 'by-hand'")}`,
      'cancel-in-progress': false,
    })
  })

  it('offers what can be chosen by hand, and has a value for each on a push', () => {
    const inputs = (example.on.workflow_dispatch?.inputs ?? {}) as Record<string, { options?: string[] }>
    expect(inputs.part?.options).toEqual(expect.arrayContaining(['auto', 'patch', 'minor', 'major']))
    expect(job?.with).toEqual({
      part: expression("inputs.part || 'auto'"),
      'prerelease-label': expression("inputs.prerelease-label != 'none' && inputs.prerelease-label || ''"),
      'dry-run': expression('inputs.dry-run || false'),
    })
  })
})

describe('the gate of version-bump.yml', () => {
  const judge = (results: Record<string, string>, event = 'workflow_dispatch', mode = 'pr') => {
    const all = { bump: 'skipped', commit: 'skipped', tag: 'skipped', ...results }
    const needs = Object.fromEntries(Object.entries(all).map(([job, result]) => [job, { result }]))
    return runStep(gate?.steps?.[0] ?? {}, { NEEDS: JSON.stringify(needs), EVENT: event, MODE: mode })
  }

  it('needs every other job and always runs', () => {
    expect(gate).toMatchObject({ if: expression('always()'), needs: ['bump', 'commit', 'tag'] })
  })

  it.each([
    ['bump', 'workflow_dispatch', 'pr', 'mode pr'],
    ['commit', 'schedule', 'commit', 'mode commit'],
    ['tag', 'workflow_dispatch', 'tag', 'mode tag'],
    ['tag', 'push', 'pr', 'a push'],
  ])('passes when %s succeeded on %s with mode %s', async (job, event, mode, why) => {
    const { status, summary } = await judge({ [job]: 'success' }, event, mode)
    expect(status).toBe(0)
    expect(summary).toContain(`### Gate: ✅ ${job} succeeded`)
    expect(summary).toContain(`✅ skipped | ${job} is the job of ${why} |`)
  })

  it.each(['failure', 'cancelled', 'skipped'])('fails when that job is a %s', async result => {
    const { status, log, summary } = await judge({ bump: result })
    expect(status).toBe(1)
    expect(log).toContain(`::error title=gate::Not successful: bump (${result}). Their logs say why.`)
    expect(summary).toContain(`### Gate: ❌ bump (${result})`)
  })

  it('fails when another job ran beside it', async () => {
    expect((await judge({ bump: 'success', tag: 'success' })).log).toContain('Not successful: tag (success)')
  })

  it('fails on a mode that has no job, and names those that have', async () => {
    const { status, log } = await judge({}, 'workflow_dispatch', 'files')
    expect(status).toBe(1)
    expect(log).toContain('::error title=gate::Input mode is "files"; allowed: pr, commit, tag.')
  })
})
