import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { type Loopback, serve } from '@tokenledger/testkit'
import { expression, runStep } from './run-step.ts'
import { readYaml, type Workflow } from './yaml-files.ts'

const { content } = readYaml<Workflow>('.github/workflows/coverage-comment.yml')
const { comment } = content.jobs
const [look, download, post] = comment?.steps ?? []

describe('coverage-comment.yml', () => {
  it('checks out nothing and runs nothing but its own script, the download and our action', () => {
    expect(comment?.steps).toHaveLength(3)
    expect(look?.shell).toBe('python3 {0}')
    expect(download?.uses).toMatch(/^actions\/download-artifact@[0-9a-f]{40}$/)
    expect(post?.uses).toBe('$/actions/coverage-upload-gate')
  })

  it('may read runs and comment, and nothing else', () => {
    expect(comment?.permissions).toEqual({ actions: 'read', 'pull-requests': 'write' })
  })

  it('takes the artifact of the run that ended, by its id, and nothing from it but one file of a fixed name', () => {
    expect(download?.with).toEqual({
      'artifact-ids': expression('steps.artifact.outputs.id'),
      'run-id': expression('github.event.workflow_run.id'),
      'github-token': expression('github.token'),
      path: 'coverage-comment',
    })
    expect(post?.with).toEqual({
      'comment-from': 'coverage-comment/comment.json',
      'comment-key': `coverage${expression('inputs.artifact-suffix')}`,
    })
    const found = expression("steps.artifact.outputs.id != ''")
    expect([download?.if, post?.if]).toEqual([found, found])
  })

  it('looks for the name and the key that ci.yml gives', () => {
    const { jobs } = readYaml<Workflow>('.github/workflows/ci.yml').content
    const steps = jobs.coverage?.steps ?? []
    const suffix = expression('inputs.artifact-suffix')
    expect(steps.at(-1)?.with?.name).toBe(`coverage-comment${suffix}`)
    expect(look?.env?.ARTIFACT).toBe(`coverage-comment${suffix}`)
    expect(steps.find(({ id }) => id === 'coverage')?.with?.['comment-key']).toBe(`coverage${suffix}`)
  })
})

describe('the look for a comment to post', () => {
  let artifacts: object[]
  let status: number
  let github: Loopback
  beforeEach(async () => {
    artifacts = []
    status = 200
    const body = () => JSON.stringify({ total_count: artifacts.length, artifacts })
    github = await serve(() => ({ status, headers: {}, body: body() }))
  })
  afterEach(() => github.close())

  const search = (values: Record<string, string> = {}) =>
    runStep(look ?? {}, {
      GITHUB_API_URL: github.url,
      GITHUB_REPOSITORY: 'acme/ledger',
      GITHUB_TOKEN: 'token',
      ARTIFACT: 'coverage-comment',
      RUN: '77',
      ...values,
    })
  const artifact = (id: number, more: object = {}) => ({ id, expired: false, size_in_bytes: 900, ...more })

  it('finds the newest artifact of that run', async () => {
    artifacts = [artifact(3), artifact(9), artifact(12, { expired: true })]
    expect(await search({ ARTIFACT: 'coverage-comment-a b' })).toMatchObject({
      status: 0,
      outputs: { id: '9' },
    })
    const [asked] = github.requests
    expect(asked).toMatchObject({ path: '/repos/acme/ledger/actions/runs/77/artifacts' })
    expect(asked?.query.name).toBe('coverage-comment-a b')
  })

  it('ends well and says so when there is nothing to post', async () => {
    const { status: code, log, outputs } = await search()
    expect([code, outputs]).toEqual([0, {}])
    expect(log).toBe(
      '::notice::Nothing to post: run 77 left no coverage-comment, so it posted its comment by itself or had none.\n',
    )
  })

  it('refuses one that is too large before it is downloaded', async () => {
    artifacts = [artifact(3, { size_in_bytes: 9_000_000 })]
    const { status: code, log, outputs } = await search()
    expect([code, outputs]).toEqual([1, {}])
    expect(log).toContain(
      '::error::coverage-comment has 9000000 bytes, which no comment has. Nothing was read.',
    )
  })

  it('names the right that is missing', async () => {
    status = 403
    const { status: code, log } = await search()
    expect(code).toBe(1)
    expect(log).toContain(
      '::error::GitHub answered 403 when asked for the artifacts of run 77. Grant actions: read.',
    )
  })

  it('says on which event it has to start', async () => {
    const { status: code, log } = await search({ RUN: '' })
    expect(code).toBe(1)
    expect(log).toContain('Call it from a workflow that starts on workflow_run.')
  })

  it('says when GitHub cannot be reached', async () => {
    const { log, status: code } = await search({ GITHUB_API_URL: 'http://127.0.0.1:1' })
    expect(code).toBe(1)
    expect(log).toMatch(
      /::error::GitHub could not be asked for the artifacts of run 77 \(.*\)\. Run this job again\./,
    )
  })
})
