import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
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
