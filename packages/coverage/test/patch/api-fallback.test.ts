import { cpSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { githubClient } from '@tokenledger/github'
import { remoteChanges } from '@tokenledger/github/changes'
import {
  checkoutOf,
  type GitHubApi,
  gitIn,
  type PullRequest,
  pullRequest,
  pullRequestEvent,
  startGitHubApi,
  tempDir,
} from '@tokenledger/testkit'
import { type ChangesRequest, readChanges } from '../../src/patch/read-changes.ts'

let pr: PullRequest
let github: GitHubApi

async function onGitHub(opened: PullRequest): Promise<void> {
  pr = opened
  github = await startGitHubApi({ repository: 'acme/consumer', git: pr.server, token: 'runner-token' })
  github.addPull({ number: 7, title: 'Edit', head: 'feature', base: 'main' })
}
afterEach(async () => {
  expect(github.violations).toEqual([])
  await github.close()
})

/** A checkout of depth 1 from which nothing can be fetched. */
function cutOff(commit = pr.merge): string {
  const root = checkoutOf(`file://${pr.server}`, commit, 1)
  gitIn(root)('remote', 'remove', 'origin')
  return root
}

async function read(root: string, more: Partial<ChangesRequest> = {}) {
  const client = githubClient({ token: 'runner-token', apiUrl: github.url, waitBudgetMs: 0 })
  const api = remoteChanges(client, 'acme/consumer')
  const request = {
    root,
    api,
    patchBase: 'auto',
    event: pullRequestEvent(pr),
    isMeasured: () => true,
    ...more,
  }
  const result = await readChanges(request)
  if (result.kind === 'none') throw new Error(result.reason)
  return result.changes
}

const asked = () => github.requests.map(({ path }) => path.replace('/repos/acme/consumer/', ''))
const FORBIDDEN = { status: 403, body: { message: 'Resource not accessible by integration' } }

describe('where git cannot fetch the parent', () => {
  beforeEach(() => onGitHub(pullRequest({ 'added é.py': 'a\nb\n' })))

  it('GitHub compares the parent with the tested merge, whose lines are those of the tested tree', async () => {
    const changes = await read(cutOff())
    expect(Object.fromEntries(changes.files)).toEqual({ 'app.py': [25], 'added é.py': [1, 2] })
    expect(changes.headLine('app.py', 25)).toBe(20)
    expect(changes.headLine('app.py', 2)).toBeUndefined()
    expect(changes.headLine('added é.py', 1)).toBe(1)
    expect(changes.base).toBe(pr.base)
    expect(changes.source).toMatch(
      /^GitHub's comparison \w{7}\.\.\.\w{7}, the merge commit against its first parent$/,
    )
    expect(asked()).toEqual([`compare/${pr.base}...${pr.merge}`, `compare/${pr.head}...${pr.merge}`])
  })

  it('then lists the files of the pull request, of which only those count that the tested tree has unchanged', async () => {
    github.fault({ path: '/compare/', ...FORBIDDEN })
    const changes = await read(cutOff())
    expect(Object.fromEntries(changes.files)).toEqual({ 'added é.py': [1, 2] })
    expect(Object.fromEntries(changes.notComparable)).toEqual({
      'app.py': 'the tested tree has another version of it than the pull request',
    })
    expect(changes.headLine('added é.py', 2)).toBe(2)
    expect(changes.source).toBe("GitHub's list of the files of pull request 7")
  })

  it('and files that no report measures are not worth a note', async () => {
    github.fault({ path: '/compare/', ...FORBIDDEN })
    expect((await read(cutOff(), { isMeasured: path => path !== 'app.py' })).notComparable.size).toBe(0)
  })

  it('and the failure names both ways when neither tells', async () => {
    github.fault(FORBIDDEN)
    await expect(read(cutOff())).rejects.toThrow(
      `parent ${pr.base.slice(0, 7)} is not in the checkout and fetching it failed (there is no remote origin; API: 403 Resource not accessible by integration). Keep actions/checkout's credentials, set fetch-depth: 2, or give github-token contents:read.`,
    )
  })

  it('and the head of the pull request is compared from where it left the base', async () => {
    const changes = await read(cutOff(pr.head))
    expect(changes.files.get('app.py')).toEqual([20])
    expect([changes.base, changes.headLine('app.py', 20)]).toEqual([pr.fork, 20])
  })
})

describe('where only the commit at which the branches parted is unknown', () => {
  it('GitHub names it, and git compares', async () => {
    await onGitHub(pullRequest())
    const changes = await read(checkoutOf(`file://${pr.server}`, pr.head, 1))
    expect(changes.files.get('app.py')).toEqual([20])
    expect(changes.source).toMatch(/^git diff /)
    expect(asked()).toEqual([`compare/${pr.base}...${pr.head}`])
  })
})

describe('where there is no git, and actions/checkout has downloaded an archive', () => {
  it('GitHub names the parents, and a file counts that is on disk as GitHub has it', async () => {
    await onGitHub(pullRequest({ 'added.py': 'a\n' }))
    const root = tempDir('archive-')
    cpSync(cutOff(), root, { recursive: true })
    rmSync(join(root, '.git'), { recursive: true })
    expect(Object.fromEntries((await read(root)).files)).toEqual({ 'app.py': [25], 'added.py': [1] })
    expect(asked()[0]).toBe(`git/commits/${pr.merge}`)
    writeFileSync(join(root, 'app.py'), 'formatted()\n')
    const changes = await read(root)
    expect([[...changes.files.keys()], [...changes.notComparable.keys()]]).toEqual([['added.py'], ['app.py']])
  })
})

describe('where the comparison may lack files', () => {
  it('the files of the pull request are read from all pages, also their lines in the head', async () => {
    const many = Object.fromEntries(
      Array.from({ length: 301 }, (_, index) => [`many/${index}.py`, `${index}\n`]),
    )
    await onGitHub(pullRequest(many))
    const changes = await read(cutOff())
    expect(changes.files.size).toBe(301)
    expect([...changes.notComparable.keys()]).toEqual(['app.py'])
    expect(asked().slice(1)).toEqual(Array(4).fill('pulls/7/files'))
  })
})
