import { describe, expect, it } from '@jest/globals'
import { expression } from './run-step.ts'
import { type Job, readYaml, type Workflow } from './yaml-files.ts'

const example = readYaml<Workflow>('examples/tokenledger/.github/workflows/release.yml')
const { prepare, pypi, publish } = example.content.jobs
const called = (job: Job | undefined) => {
  const file = /\/(\.github\/workflows\/[\w-]+\.yml)@/.exec(job?.uses ?? '')?.[1]
  return readYaml<Workflow>(file ?? '').content
}

/** Every right that a job of the called workflow, or of one that it calls in turn, declares. */
function declared(workflow: Workflow): Record<string, string> {
  const rights = Object.values(workflow.jobs).flatMap(job => Object.entries(job.permissions ?? {}))
  return Object.fromEntries(rights.sort(([, a], [, b]) => a.localeCompare(b)))
}

describe("the example's release.yml", () => {
  it('starts at a tag that looks like a version, by its push or by hand, and by hand on a branch with one', () => {
    expect(example.content.on).toEqual({
      push: { tags: ['v[0-9]*'] },
      workflow_dispatch: { inputs: { tag: expect.objectContaining({ type: 'string', default: '' }) } },
    })
  })

  it('releases one tag at a time, and is never cancelled by another run', () => {
    expect(example.content.concurrency).toEqual({
      group: `release-${expression('inputs.tag || github.ref_name')}`,
      'cancel-in-progress': false,
    })
  })

  it.each([
    ['prepare', prepare],
    ['publish', publish],
  ])('grants to %s what its jobs declare, as GitHub starts nothing otherwise, and no more', (_, job) => {
    expect(job?.permissions).toEqual(declared(called(job)))
  })

  it('takes the inputs and outputs that the called workflows have', () => {
    for (const job of [prepare, publish]) {
      const { inputs = {} } = called(job).on.workflow_call ?? {}
      const required = Object.keys(inputs).filter(name => inputs[name]?.required)
      expect(Object.keys(inputs)).toEqual(expect.arrayContaining(Object.keys(job?.with ?? {})))
      expect(Object.keys(job?.with ?? {})).toEqual(expect.arrayContaining(required))
    }
    const taken = [...example.text.matchAll(/needs\.prepare\.outputs\.([\w-]+)/g)].map(match => match[1])
    expect(Object.keys(called(prepare).on.workflow_call?.outputs ?? {})).toEqual(
      expect.arrayContaining(taken),
    )
  })

  it('uploads between the draft and the release, only when there is a draft', () => {
    expect(pypi).toMatchObject({
      needs: 'prepare',
      if: expression("!cancelled() && needs.prepare.outputs.state == 'prepared'"),
    })
    expect(publish).toMatchObject({
      needs: ['prepare', 'pypi'],
      if: expression("!cancelled() && needs.pypi.result == 'success'"),
    })
  })

  it('signs in to PyPI in a job of this very file, with an environment, and with no other right', () => {
    expect(pypi).toMatchObject({
      environment: 'pypi',
      permissions: { 'id-token': 'write' },
      'timeout-minutes': 15,
    })
    expect(Object.keys(pypi?.permissions ?? {})).toEqual(['id-token'])
    expect(pypi?.uses).toBeUndefined()
  })

  it('compares before it uploads, and builds nothing there', () => {
    const [download, verify, upload, ...more] = pypi?.steps ?? []
    expect(more).toEqual([])
    expect(download?.with).toEqual({ name: expression('needs.prepare.outputs.artifact-name'), path: 'dist' })
    expect(verify?.with).toEqual({
      phase: 'verify',
      tag: expression('needs.prepare.outputs.tag'),
      files: 'dist/*',
      'expected-digests': expression('needs.prepare.outputs.digests'),
      'verify-ancestor': 'none',
      'verify-index': true,
    })
    expect(upload?.uses).toBe('pypa/gh-action-pypi-publish@dc37677b2e1c63e2034f94d8a5b11f265b73ba33')
    expect(upload?.with).toEqual({ 'skip-existing': true })
  })

  it('pins what is neither ours nor moved by us', () => {
    const used = [...example.text.matchAll(/uses: (\S+)(.*)/g)].filter(
      ([, target]) => !target?.startsWith('org/'),
    )
    expect(used.filter(([line]) => !/@[0-9a-f]{40} # v\d+\.\d+\.\d+$/.test(line))).toEqual([])
    expect(used).toHaveLength(2)
  })

  it('has rights in its jobs alone', () => {
    expect(example.content.permissions).toEqual({})
  })
})
