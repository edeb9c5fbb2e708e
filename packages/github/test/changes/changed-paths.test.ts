import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import {
  checkoutOf,
  event,
  gitIn,
  gitRepo,
  type PullRequest,
  pullRequest,
  pullRequestEvent,
  startGitHubApi,
} from '@tokenledger/testkit'
import { changedPaths } from '../../src/changes/changed-paths.ts'
import { remoteChanges } from '../../src/changes/remote-changes.ts'
import { githubClient } from '../../src/client.ts'

const at = (pr: PullRequest, depth: number, commit = pr.merge) =>
  checkoutOf(`file://${pr.server}`, commit, depth)

describe('the changed paths of a pull request whose base went on', () => {
  const pr = pullRequest({ 'docs/ä "b"\n.md': 'a\n' })
  const expected = ['app.py', 'docs/ä "b"\n.md']

  it.each([0, 1, 2])('are those of its own at depth %i', async depth => {
    const found = await changedPaths({ root: at(pr, depth), event: pullRequestEvent(pr) })
    const source = `git diff ${pr.base.slice(0, 7)}..${pr.merge.slice(0, 7)}, the merge commit against its first parent`
    expect(found).toEqual({ kind: 'known', paths: expected, source })
  })

  it('are those since it left the base where the head is checked out', async () => {
    const found = await changedPaths({ root: at(pr, 0, pr.head), event: pullRequestEvent(pr) })
    expect(found).toMatchObject({ kind: 'known', paths: expected })
  })

  it('are unknown with the reason where the parent cannot be had', async () => {
    const root = at(pr, 1)
    gitIn(root)('remote', 'remove', 'origin')
    const found = await changedPaths({ root, event: pullRequestEvent(pr) })
    const reason = expect.stringMatching(/^parent \w{7} is not in the checkout \(.+\)$/)
    expect(found).toEqual({ kind: 'unknown', reason })
  })

  it('are unknown where no commit is known to compare with', async () => {
    const root = at(pr, 1)
    const target = pullRequestEvent(pr, { name: 'pull_request_target', sha: pr.base })
    expect(await changedPaths({ root: at(pr, 1, pr.base), event: target })).toMatchObject({ kind: 'unknown' })
    expect(await changedPaths({ root, event: event('schedule') })).toEqual({
      kind: 'unknown',
      reason: 'the event schedule is about no change',
    })
  })
})

const IGNORED = '[submodule "vendored"]\n\tpath = vendored\n\turl = ./x\n\tignore = all\n'

describe('what is more than an edit', () => {
  it('counts: renamed files by both names, deleted ones, links, modes and submodules', async () => {
    const text = 'line\n'.repeat(30)
    const repo = gitRepo({ 'a.py': text, 'gone.md': 'x\n', 'run.sh': 'x\n', '.gitmodules': IGNORED })
    const base = repo.git('rev-parse', 'HEAD')
    repo.git('switch', '--quiet', '--create', 'feature')
    repo.git('mv', 'a.py', 'b.md')
    repo.git('rm', '--quiet', 'gone.md')
    symlinkSync('b.md', join(repo.path, 'link.md'))
    repo.git('add', '--all')
    repo.git('update-index', '--chmod=+x', 'run.sh')
    repo.git('update-index', '--add', '--cacheinfo', `160000,${base},vendored`)
    repo.git('commit', '--quiet', '--message', 'change')
    const head = repo.git('rev-parse', 'HEAD')
    const pull = { pull_request: { number: 1, base: { sha: base }, head: { sha: head } } }
    const found = await changedPaths({ root: repo.path, event: event('pull_request', pull) })
    const paths = ['a.py', 'b.md', 'gone.md', 'link.md', 'run.sh', 'vendored']
    expect(found).toMatchObject({ kind: 'known', paths })
  })
})

describe('GitHub, where git cannot fetch the parent', () => {
  const pr = pullRequest({ 'new.py': 'x = 1\n' })

  async function askGitHub(fault?: { readonly status: number; readonly body: object }) {
    const github = await startGitHubApi({ repository: 'acme/consumer', git: pr.server, token: 't' })
    try {
      if (fault) github.fault({ path: '/compare/', ...fault })
      const root = at(pr, 1)
      gitIn(root)('remote', 'remove', 'origin')
      const client = githubClient({ token: 't', apiUrl: github.url, waitBudgetMs: 0 })
      const api = remoteChanges(client, 'acme/consumer')
      return await changedPaths({ root, event: pullRequestEvent(pr), api })
    } finally {
      await github.close()
    }
  }

  it('compares the parent with the tested merge', async () => {
    expect(await askGitHub()).toMatchObject({ kind: 'known', paths: ['app.py', 'new.py'] })
  })

  it('is not taken at its word when it may have left some out', async () => {
    const entry = { filename: 'x.md', status: 'modified', sha: '', additions: 1, deletions: 1 }
    const files = Array.from({ length: 300 }, () => entry)
    const body = { merge_base_commit: { sha: pr.base }, files }
    expect(await askGitHub({ status: 200, body })).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/; API: more than 299 files$/),
    })
  })

  it('names what was renamed by both names', async () => {
    const entry = { filename: 'b.md', previous_filename: 'a.py', status: 'renamed', sha: '' }
    const body = { merge_base_commit: { sha: pr.base }, files: [{ ...entry, additions: 0, deletions: 0 }] }
    expect(await askGitHub({ status: 200, body })).toMatchObject({ paths: ['a.py', 'b.md'] })
  })

  it('and a token that may not is a reason', async () => {
    const refusal = { status: 403, body: { message: 'Resource not accessible by integration' } }
    expect(await askGitHub(refusal)).toMatchObject({
      kind: 'unknown',
      reason: expect.stringMatching(/; API: 403 Resource not accessible by integration$/),
    })
  })
})
