import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { type GitRepo, gitRepo, tempDir } from '@tokenledger/testkit'
import { CleanUp } from '../src/clean-up.ts'
import type { PostedComment } from '../src/services/github.ts'
import { startStandIns } from '../src/services/stand-ins.ts'
import { type CheckoutCopy, commitAll, copyCheckout } from '../src/staging/checkout-copy.ts'
import { git } from '../src/staging/git.ts'
import { testedCommit } from '../src/staging/pull-request.ts'

const LINES = 'one\ntwo\nthree\nfour\nfive\n'
let source: GitRepo
beforeEach(() => {
  source = gitRepo({ 'a.txt': LINES })
})

/** A branch that changes the last line while main goes on with the first. */
function branchOff(onMain: string): void {
  source.git('checkout', '--quiet', '-b', 'change')
  source.commit({ 'a.txt': LINES.replace('five', 'FIVE') }, 'ours')
  source.git('checkout', '--quiet', 'main')
  source.commit({ 'a.txt': LINES.replace(onMain, onMain.toUpperCase()) }, 'theirs')
  source.git('checkout', '--quiet', 'change')
}

async function opened(event: 'push' | 'pull_request' = 'pull_request') {
  const copy = await copyCheckout(source.path, join(tempDir(), 'copy'))
  return { copy, tested: await testedCommit(copy, event, await commitAll(copy)) }
}

describe('the pull request of a checkout', () => {
  it('is tested on the merge of the branch into the tip of the default branch', async () => {
    branchOff('one')
    const { copy, tested } = await opened()
    const main = source.git('rev-parse', 'main')
    const change = source.git('rev-parse', 'change')
    expect(tested).toEqual({ sha: expect.any(String), head: change, base: main })
    expect(await git(copy.folder, 'rev-list', '--parents', '-1', 'HEAD')).toBe(
      `${tested.sha} ${main} ${change}`,
    )
    expect(readFileSync(join(copy.folder, 'a.txt'), 'utf8')).toBe('ONE\ntwo\nthree\nfour\nFIVE\n')
    const refs = await git(copy.folder, 'for-each-ref', '--format=%(refname) %(objectname)')
    expect(refs.split('\n')).toEqual([
      `refs/heads/change ${change}`,
      `refs/heads/main ${main}`,
      `refs/pull/1/head ${change}`,
      `refs/pull/1/merge ${tested.sha}`,
    ])
  })

  it('goes to the commit before where the checkout stands on the default branch', async () => {
    source.commit({ 'a.txt': 'other\n' }, 'next')
    const { copy, tested } = await opened()
    expect(tested.base).toBe(source.git('rev-parse', 'HEAD~1'))
    expect(await git(copy.folder, 'rev-parse', 'refs/heads/local-change', 'refs/heads/main')).toBe(
      `${tested.head}\n${tested.base}`,
    )
    expect(tested.sha).not.toBe(tested.head)
  })

  it('changes nothing where there is one commit alone', async () => {
    const { tested } = await opened()
    const only = source.git('rev-parse', 'HEAD')
    expect(tested).toEqual({ sha: only, head: only, base: only })
  })

  it('is refused on a conflict, as GitHub starts nothing then', async () => {
    branchOff('five')
    source.commit({ 'a.txt': LINES.replace('five', 'V') }, 'again')
    await expect(opened()).rejects.toThrow(
      /^change cannot be merged into main, and GitHub starts no workflow on pull_request then\. Merge main into it first \(conflicts in a\.txt\)\.$/,
    )
  })

  it('is none for a push, which is tested as it is', async () => {
    branchOff('one')
    const { tested } = await opened('push')
    expect(tested.sha).toBe(source.git('rev-parse', 'change'))
  })
})

describe("GitHub's stand-in for a pull request", () => {
  const comment: PostedComment = {
    id: 1001,
    issue: 1,
    body: 'before',
    author: 'octocat',
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
  }

  async function started(copy: CheckoutCopy, headRepository: string) {
    const cleanUp = new CleanUp()
    const conversation = [{ ...comment }]
    const pull = { head: 'change', headRepository, conversation }
    const standIns = await startStandIns(copy, { pull, tag: undefined, folder: tempDir() }, cleanUp)
    const { job, identity } = standIns.environment(0)
    const environment: Readonly<Record<string, string>> = { ...job, ...identity }
    const call = (method: string, path: string, body?: object) =>
      fetch(`${environment.GITHUB_API_URL}/repos/${copy.repository}${path}`, {
        method,
        headers: { authorization: 'Bearer x' },
        ...(body ? { body: JSON.stringify(body) } : {}),
      })
    return { standIns, environment, call, conversation, end: () => cleanUp.run() }
  }

  it('knows it with its comments, and tells which the run wrote', async () => {
    branchOff('one')
    const { copy, tested } = await opened()
    const { standIns, environment, call, conversation, end } = await started(copy, copy.repository)
    const pull = await (await call('GET', '/pulls/1')).json()
    expect(pull).toMatchObject({ head: { sha: tested.head }, base: { ref: 'main', sha: tested.base } })
    expect((await call('POST', '/issues/1/comments', { body: 'new' })).status).toBe(201)
    expect(standIns.github.comments()).toEqual(['new'])
    expect(conversation.map(({ body }) => body)).toEqual(['before', 'new'])
    expect(environment).toMatchObject({
      ACTIONS_ID_TOKEN_REQUEST_URL: expect.any(String),
      CODECOV_URL: expect.stringMatching(/^http:\/\/127\.0\.0\.1:/),
    })
    await end()
  })

  it('lets a fork read, and gives it neither a comment nor an identity', async () => {
    branchOff('one')
    const { copy } = await opened()
    const { standIns, environment, call, end } = await started(copy, 'a-fork/other')
    const refused = await call('POST', '/issues/1/comments', { body: 'new' })
    expect([refused.status, await refused.json()]).toEqual([
      403,
      expect.objectContaining({ message: 'Resource not accessible by integration' }),
    ])
    expect((await call('GET', '/issues/1/comments')).status).toBe(200)
    expect(standIns.github.comments()).toEqual([])
    expect(Object.keys(environment).filter(name => name.includes('ID_TOKEN'))).toEqual([])
    await end()
  })
})
