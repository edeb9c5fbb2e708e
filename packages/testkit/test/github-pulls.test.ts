import { getOctokit } from '@actions/github'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import {
  bareClone,
  type Git,
  type GitHubApi,
  type GitRepo,
  gitIn,
  gitRepo,
  startGitHubApi,
} from '@tokenledger/testkit'

const repo = { owner: 'acme', repo: 'consumer' }
const WORKFLOW = '.github/workflows/release.yml'
let source: GitRepo
let github: GitHubApi
let octokit: ReturnType<typeof getOctokit>['rest']
let bare: Git
let main: string

beforeEach(async () => {
  source = gitRepo({ 'README.md': '# one\n', [WORKFLOW]: 'on: push\n' })
  source.git('tag', 'v1')
  main = source.commit({
    [WORKFLOW]:
      'on:\n  push:\n  workflow_dispatch:\n    inputs:\n      tag: { required: true }\n      dry: {}\n',
  })
  const folder = bareClone(source)
  bare = gitIn(folder)
  github = await startGitHubApi({ repository: 'acme/consumer', git: folder })
  octokit = getOctokit('runner-token', { baseUrl: github.url }).rest
})

afterEach(() => github.close())

const branch = (name: string, sha = main) =>
  octokit.git.createRef({ ...repo, ref: `refs/heads/${name}`, sha })
const work = (name: string) => {
  source.git('switch', '--quiet', '--create', name, main)
  const sha = source.commit({ [`${name}.txt`]: name }, `feat: ${name}`)
  source.git('push', '--quiet', bare('rev-parse', '--absolute-git-dir'), name)
  return sha
}

describe('pull requests', () => {
  const open = (head: string) => octokit.pulls.create({ ...repo, head, base: 'main', title: head, body: 'b' })

  it('are opened once for each branch with something to merge, and edited', async () => {
    work('limits')
    await branch('empty')
    const { data } = await open('limits')
    expect(data).toMatchObject({ number: 1, commits: 1, user: { login: 'github-actions[bot]' } })
    const why = async (head: string) => (await open(head).catch(error => error)).response.data.errors
    expect(await why('acme:limits')).toMatchObject([
      { message: 'A pull request already exists for acme:limits.' },
    ])
    expect(await why('empty')).toMatchObject([{ message: 'No commits between main and empty' }])
    expect(await why('nowhere')).toMatchObject([{ field: 'head', code: 'invalid' }])
    await octokit.pulls.update({ ...repo, pull_number: 1, title: 'new', state: 'closed' })
    expect(github.pulls).toMatchObject([{ title: 'new', state: 'closed' }])
    expect((await open('limits')).data.number).toBe(2)
    expect(github.violations).toEqual([])
  })

  it('are not opened by Actions where the setting is off', async () => {
    work('limits')
    github.settings.actionsMayOpenPulls = false
    await expect(open('limits')).rejects.toMatchObject({
      status: 403,
      message: expect.stringContaining('GitHub Actions is not permitted to create or approve pull requests.'),
    })
    expect(github.violations).toEqual([])
  })

  it('are closed when their branch is reset to its base, or deleted', async () => {
    const shas = ['one', 'two'].map(work)
    for (const name of ['one', 'two']) await open(name)
    await octokit.git.updateRef({ ...repo, ref: 'heads/one', sha: main, force: true })
    await octokit.git.deleteRef({ ...repo, ref: 'heads/two' })
    expect(github.pulls.map(({ state }) => state)).toEqual(['closed', 'closed'])
    const { data } = await octokit.pulls.get({ ...repo, pull_number: 2 })
    expect(data.head.sha).toBe(shas[1])
  })

  it.each([
    ['merge', 'Merge pull request #1 from acme/limits\n\nlimits', 2],
    ['squash', 'feat: limits (#1)', 1],
    ['rebase', 'feat: limits', 1],
  ] as const)('are merged by %s', async (method, message, parents) => {
    work('limits')
    await open('limits')
    const sha = github.mergePull(1, method)
    expect(bare('rev-parse', 'main')).toBe(sha)
    expect(bare('show', 'main:limits.txt')).toBe('limits')
    const { data } = await octokit.git.getCommit({ ...repo, commit_sha: sha })
    expect([data.message, data.parents.length]).toEqual([message, parents])
    const pull = await octokit.pulls.get({ ...repo, pull_number: 1 })
    expect(pull.data).toMatchObject({ merged: true, merge_commit_sha: sha, state: 'closed' })
    const holding = await octokit.repos.listPullRequestsAssociatedWithCommit({ ...repo, commit_sha: sha })
    expect(holding.data.map(({ number }) => number)).toEqual([1])
    expect(github.violations).toEqual([])
  })

  it('carry labels, each once', async () => {
    work('limits')
    await open('limits')
    const on = { ...repo, issue_number: 1 }
    await octokit.issues.addLabels({ ...on, labels: ['release'] })
    await octokit.issues.addLabels({ ...on, labels: ['Release', 'bot'] })
    const { data } = await octokit.issues.listLabelsOnIssue(on)
    expect(data.map(({ name }) => name)).toEqual(['release', 'bot'])
    expect((await octokit.pulls.get({ ...repo, pull_number: 1 })).data.labels).toHaveLength(2)
    expect(github.violations).toEqual([])
  })
})
