import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { BREAKS, READ_ONLY } from '@tokenledger/testkit'
import { type GitHubLab, githubLab, repo } from './github-lab.ts'

let github: GitHubLab['github']
let octokit: GitHubLab['octokit']
let bare: GitHubLab['bare']
let main: string
let branch: GitHubLab['branch']
let work: GitHubLab['work']
beforeEach(async () => {
  ;({ github, octokit, bare, main, branch, work } = await githubLab())
})
afterEach(() => github.close())

describe('annotated tags', () => {
  it('are an object first and a ref to it then, as git reads them', async () => {
    const tag = { ...repo, tag: 'v2', message: 'Release 2', object: main, type: 'commit' } as const
    const { data } = await octokit.git.createTag(tag)
    expect(bare('tag', '--list')).toBe('v1')
    await octokit.git.createRef({ ...repo, ref: 'refs/tags/v2', sha: data.sha })
    expect(bare('rev-parse', 'v2^{commit}')).toBe(main)
    expect(bare('for-each-ref', '--format=%(objecttype) %(contents)', 'refs/tags/v2')).toBe('tag Release 2')
    const ref = await octokit.git.getRef({ ...repo, ref: 'tags/v2' })
    expect(ref.data.object).toMatchObject({ type: 'tag', sha: data.sha })
    const read = await octokit.git.getTag({ ...repo, tag_sha: data.sha })
    expect(read.data).toMatchObject({
      tag: 'v2',
      message: 'Release 2',
      object: { sha: main, type: 'commit' },
    })
    expect(github.violations).toEqual([])
  })

  it('cannot be made where a ruleset restricts them', async () => {
    github.settings.restrictedTags = ['v*']
    const restricted = octokit.git.createRef({ ...repo, ref: 'refs/tags/v2', sha: main })
    await expect(restricted).rejects.toMatchObject({
      status: 422,
      message: expect.stringContaining('Cannot create ref due to creations being restricted.'),
    })
    await octokit.git.createRef({ ...repo, ref: 'refs/tags/nightly', sha: main })
    expect(bare('tag', '--list').split('\n')).toEqual(['nightly', 'v1'])
  })
})

describe('a protected branch', () => {
  it('is moved by no call and says so where it is read', async () => {
    github.settings.protectedBranches = ['main']
    const sha = work('limits')
    const move = octokit.git.updateRef({ ...repo, ref: 'heads/main', sha })
    await expect(move).rejects.toThrow('Changes must be made through a pull request.')
    const { data } = await octokit.repos.getBranch({ ...repo, branch: 'main' })
    expect([data.protected, data.commit.sha]).toEqual([true, main])
    expect((await octokit.repos.getBranch({ ...repo, branch: 'limits' })).data.protected).toBe(false)
    expect(github.violations).toEqual([])
  })
})

describe('refs read by REST', () => {
  it('may be old ones', async () => {
    github.settings.cachesRefs = true
    const head = async () => (await octokit.git.getRef({ ...repo, ref: 'heads/main' })).data.object.sha
    expect(await head()).toBe(main)
    const sha = work('limits')
    await octokit.git.updateRef({ ...repo, ref: 'heads/main', sha })
    expect([await head(), bare('rev-parse', 'main')]).toEqual([main, sha])
  })
})

describe('a workflow', () => {
  const dispatch = (ref: string, inputs = {}, workflow_id = 'release.yml') =>
    octokit.actions.createWorkflowDispatch({ ...repo, workflow_id, ref, inputs, return_run_details: true })

  it('is started at a ref and appears among the runs of its commit', async () => {
    const { status, data } = await dispatch('main', { tag: 'v2' })
    const { runs, dispatches } = github
    expect([status, data]).toMatchObject([200, { workflow_run_id: runs[0]?.id }])
    expect(dispatches).toMatchObject([{ workflow: 'release.yml', ref: 'main', inputs: { tag: 'v2' } }])
    const listed = await octokit.actions.listWorkflowRuns({
      ...repo,
      workflow_id: 'release.yml',
      head_sha: main,
      event: 'workflow_dispatch',
    })
    expect(listed.data).toMatchObject({ total_count: 1, workflow_runs: [{ head_branch: 'main' }] })
    const others = await octokit.actions.listWorkflowRunsForRepo({ ...repo, branch: 'v1' })
    expect(others.data.total_count).toBe(0)
    expect(github.violations).toEqual([])
  })

  it.each([
    ['nowhere', {}, 'release.yml', 422, 'No ref found for: nowhere'],
    ['v1', {}, 'release.yml', 422, "Workflow does not have 'workflow_dispatch' trigger"],
    ['main', { tag: 'x', colour: 'red' }, 'release.yml', 422, 'Unexpected inputs provided: ["colour"]'],
    ['main', {}, 'release.yml', 422, "Required input 'tag' not provided"],
    ['main', {}, 'none.yml', 404, 'Not Found'],
  ])('is not started at %s with %j by %s', async (ref, inputs, file, status, message) => {
    await expect(dispatch(ref, inputs, file)).rejects.toMatchObject({
      status,
      message: expect.stringContaining(message),
    })
    expect([github.runs, github.violations]).toEqual([[], []])
  })
})

describe('statuses', () => {
  it('are combined from the last word of each context', async () => {
    const set = (state: 'success' | 'failure', context: string) =>
      octokit.repos.createCommitStatus({ ...repo, sha: main, state, context })
    const combined = async () => (await octokit.repos.getCombinedStatusForRef({ ...repo, ref: main })).data
    expect(await combined()).toMatchObject({ state: 'pending', total_count: 0 })
    await set('failure', 'ci')
    await set('success', 'gate')
    expect(await combined()).toMatchObject({ state: 'failure', total_count: 2 })
    await set('success', 'ci')
    expect(await combined()).toMatchObject({ state: 'success', total_count: 2 })
    expect(github.violations).toEqual([])
  })
})

describe('a token', () => {
  it('does what its permissions say', async () => {
    github.settings.permissions = { contents: 'write', 'pull-requests': 'read' }
    work('limits')
    await branch('more')
    await octokit.pulls.list(repo)
    const refused = [
      () => octokit.pulls.create({ ...repo, head: 'limits', base: 'main', title: 't' }),
      () => octokit.issues.addLabels({ ...repo, issue_number: 1, labels: ['x'] }),
      () => octokit.actions.createWorkflowDispatch({ ...repo, workflow_id: 'release.yml', ref: 'main' }),
      () => octokit.checks.listForRef({ ...repo, ref: 'main' }),
    ]
    for (const each of refused) {
      await expect(each()).rejects.toMatchObject({
        status: 403,
        message: expect.stringContaining('Resource not accessible by integration'),
      })
    }
    expect([github.pulls, github.dispatches, github.violations]).toEqual([[], [], []])
  })

  it('of a fork reads only', async () => {
    github.settings.permissions = READ_ONLY
    await octokit.repos.getContent({ ...repo, path: 'README.md' })
    await expect(branch('more')).rejects.toMatchObject({ status: 403 })
    expect(bare('branch', '--list', 'more')).toBe('')
  })
})

describe('a request', () => {
  it.each(['before', 'after'] as const)('breaks %s its effect', async phase => {
    github.breakAt({ operation: 'POST /repos/{owner}/{repo}/git/refs', phase, with: BREAKS.badGateway })
    await expect(branch('more')).rejects.toMatchObject({ status: 502 })
    expect(bare('branch', '--list', '--format=%(objectname)', 'more')).toBe(phase === 'after' ? main : '')
  })

  it('is reset, or delayed by its rate limit, once', async () => {
    github.breakAt({ operation: '/git/refs', phase: 'before', with: BREAKS.reset })
    await expect(branch('more')).rejects.toThrow()
    github.breakAt({ operation: '/git/refs', phase: 'before', with: BREAKS.tooMany })
    await expect(branch('more')).rejects.toMatchObject({
      status: 429,
      response: { headers: { 'retry-after': '1' } },
    })
    expect((await branch('more')).status).toBe(201)
  })

  it('is seen with its number and operation, before and after', async () => {
    const seen: string[] = []
    const end = github.onRequest(({ number, operation, phase }) => {
      seen.push(`${number} ${operation} ${phase}`)
      return undefined
    })
    await branch('more')
    end()
    await octokit.pulls.list(repo)
    expect(seen).toEqual(['before', 'after'].map(phase => `1 POST /repos/{owner}/{repo}/git/refs ${phase}`))
  })
})
