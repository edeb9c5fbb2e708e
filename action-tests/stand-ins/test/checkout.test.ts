import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { type GitRepo, gitRepo, tempDir } from '@tokenledger/testkit'
import { gitIn } from '../../../packages/testkit/src/git.ts'
import { runStandIn, type StandInOptions } from './run-stand-in.ts'

let source: GitRepo
let first: string
let head: string

beforeEach(() => {
  source = gitRepo({ 'app.txt': 'one' })
  first = source.git('rev-parse', 'HEAD')
  source.git('tag', 'v1')
  source.commit({ 'app.txt': 'two' })
  head = source.commit({ 'app.txt': 'three' })
})

const checkout = (inputs: Record<string, string> = {}, { env, ...rest }: StandInOptions = {}) =>
  runStandIn('actions/checkout', {
    inputs,
    env: { LOCAL_RUN_CHECKOUT: source.path, GITHUB_SHA: head, ...env },
    ...rest,
  })
const commits = (folder: string) => Number(gitIn(folder)('rev-list', '--count', 'HEAD'))

describe('the checkout', () => {
  it('is one commit deep, on the branch of the event, with the usual origin', async () => {
    const { exitCode, outputs, workspace } = await checkout()
    const git = gitIn(workspace)
    expect([exitCode, outputs]).toEqual([0, { ref: 'refs/heads/main', commit: head }])
    expect(readFileSync(join(workspace, 'app.txt'), 'utf8')).toBe('three')
    expect(commits(workspace)).toBe(1)
    expect(git('symbolic-ref', '--short', 'HEAD')).toBe('main')
    expect(git('config', 'remote.origin.url')).toBe('https://github.com/acme/consumer')
    expect(git('tag')).toBe('')
  })

  it('can be deepened afterwards, as origin answers without GitHub', async () => {
    const { workspace } = await checkout()
    gitIn(workspace)('fetch', '--unshallow')
    expect(commits(workspace)).toBe(3)
  })

  it('has all history, branches and tags with fetch-depth 0', async () => {
    source.git('branch', 'feature', first)
    const { workspace } = await checkout({ 'fetch-depth': '0' })
    const git = gitIn(workspace)
    expect(commits(workspace)).toBe(3)
    expect(git('tag')).toBe('v1')
    expect(git('branch', '-r', '--format=%(refname:short)').split('\n')).toEqual([
      'origin/feature',
      'origin/main',
    ])
  })

  it('of a shallow one again with fetch-depth 0 gets the rest of the history', async () => {
    const { workspace } = await checkout()
    await checkout({ 'fetch-depth': '0' }, { workspace })
    expect([commits(workspace), gitIn(workspace)('tag')]).toEqual([3, 'v1'])
  })

  it('has tags without history with fetch-tags', async () => {
    const { workspace } = await checkout({ 'fetch-tags': 'true' })
    expect([gitIn(workspace)('tag'), commits(workspace)]).toEqual(['v1', 1])
  })

  it.each([
    ['a pull request', 'refs/pull/7/merge', ''],
    ['a tag', 'refs/tags/v9', ''],
    ['a branch', 'refs/heads/topic', 'topic'],
  ])('of %s stands on the commit of the event', async (_, ref, branch) => {
    const { outputs, workspace } = await checkout({}, { env: { GITHUB_REF: ref, GITHUB_SHA: first } })
    expect(outputs).toEqual({ ref, commit: first })
    expect(gitIn(workspace)('branch', '--show-current')).toBe(branch)
  })

  it('of an event whose commit is not there takes HEAD and says so', async () => {
    const { outputs, log } = await checkout({}, { env: { GITHUB_SHA: '0'.repeat(40) } })
    expect(outputs.commit).toBe(head)
    expect(log).toContain('the commit of the event is not in it')
  })
})

describe('input ref', () => {
  it.each(['v1', 'refs/tags/v1'])('takes the tag %s', async ref => {
    const { outputs } = await checkout({ ref })
    expect(outputs).toEqual({ ref: 'refs/tags/v1', commit: first })
  })

  it('takes a branch before a tag of the same name', async () => {
    source.git('branch', 'v1', head)
    expect((await checkout({ ref: 'v1' })).outputs).toEqual({ ref: 'refs/heads/v1', commit: head })
  })

  it('takes a commit that no branch leads to directly', async () => {
    const middle = source.git('rev-parse', 'HEAD~1')
    const { outputs, workspace } = await checkout({ ref: middle })
    expect(outputs).toEqual({ ref: middle, commit: middle })
    expect(readFileSync(join(workspace, 'app.txt'), 'utf8')).toBe('two')
  })

  it.each(['nowhere', 'f'.repeat(40)])('fails for %s', async ref => {
    const { exitCode, annotations } = await checkout({ ref })
    expect(exitCode).toBe(1)
    expect(annotations.join()).toMatch(/could not be found|is not in the local repository/)
  })
})

describe('the directory', () => {
  it('is below the workspace', async () => {
    const { workspace } = await checkout({ path: 'sub/dir' })
    expect(existsSync(join(workspace, 'sub/dir/app.txt'))).toBe(true)
    const outside = await checkout({ path: '../elsewhere' })
    expect(outside.annotations.join()).toContain('is not under')
  })

  it('loses what was in it, and a second checkout cleans it', async () => {
    const workspace = tempDir()
    writeFileSync(join(workspace, 'stale.txt'), '')
    await checkout({}, { workspace })
    expect(existsSync(join(workspace, 'stale.txt'))).toBe(false)
    writeFileSync(join(workspace, 'app.txt'), 'edited')
    writeFileSync(join(workspace, 'built.txt'), '')
    await checkout({ clean: 'false' }, { workspace })
    expect(existsSync(join(workspace, 'built.txt'))).toBe(true)
    await checkout({}, { workspace })
    expect(existsSync(join(workspace, 'built.txt'))).toBe(false)
    expect(readFileSync(join(workspace, 'app.txt'), 'utf8')).toBe('three')
  })
})

describe('the token', () => {
  const header = (workspace: string) =>
    readFileSync(join(workspace, '.git/config'), 'utf8').match(/basic (.+)/)?.[1]

  it('is kept for the job, masked, and gone after the post step', async () => {
    const { workspace, masks, state } = await checkout({ token: 's3cret' })
    expect(Buffer.from(header(workspace) ?? '', 'base64').toString()).toBe('x-access-token:s3cret')
    expect(masks).toEqual([header(workspace)])
    const env = Object.fromEntries(Object.entries(state).map(([name, value]) => [`STATE_${name}`, value]))
    await checkout({}, { workspace, env, entry: 'post.mjs' })
    expect(header(workspace)).toBeUndefined()
  })

  it('is not kept with persist-credentials false', async () => {
    const { workspace, state } = await checkout({ 'persist-credentials': 'false' })
    expect([header(workspace), state]).toEqual([undefined, {}])
  })
})

describe('what cannot be had', () => {
  it('is another repository', async () => {
    const { exitCode, annotations } = await checkout({ repository: 'acme/other' })
    expect(exitCode).toBe(1)
    expect(annotations).toEqual([
      'error: acme/other cannot be checked out: a run without GitHub has acme/consumer only. Leave this job out, or put the files into the repository.',
    ])
  })

  it('is a checkout without LOCAL_RUN_CHECKOUT, or from a directory without git', async () => {
    const without = await checkout({}, { env: { LOCAL_RUN_CHECKOUT: '' } })
    expect(without.annotations.join()).toContain('LOCAL_RUN_CHECKOUT is not set')
    const noGit = await checkout({}, { env: { LOCAL_RUN_CHECKOUT: tempDir() } })
    expect(noGit.annotations.join()).toContain('is not a git repository')
  })

  it('is named in notices when it is not needed for the files', async () => {
    const { exitCode, annotations } = await checkout({ submodules: 'recursive', lfs: 'true' })
    expect(exitCode).toBe(0)
    expect(annotations).toEqual([
      'notice: Input lfs is left out of account in a run without GitHub.',
      'notice: Input submodules is left out of account in a run without GitHub.',
    ])
  })
})
