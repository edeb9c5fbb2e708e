import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type GitRepo, tempDir } from '@tokenledger/testkit'
import { checksumOf } from '../../src/files/file-text.ts'
import { changedMergedFiles, type MergedFilesOptions } from '../../src/files/merged-files.ts'
import { textOf } from '../../src/problem.ts'
import { checkoutOf, event, mergeLikeGitHub, projectWithBranch, pullRequest, push } from './clones.ts'

interface Place {
  readonly root: string
  readonly workingDirectory: string
}

async function reportIn(place: Place, options: MergedFilesOptions, baseRef?: string) {
  const { problems, newPaths, ...rest } = await changedMergedFiles(place, 'migrations', baseRef, options)
  return { ...rest, problems: problems.map(textOf), ...(newPaths ? { new: [...newPaths].sort() } : {}) }
}

/** The report in a whole clone of the merge commit of the branch `change`. */
function onPullRequest(repo: GitRepo, options: MergedFilesOptions = {}) {
  const merge = mergeLikeGitHub(repo)
  const clone = checkoutOf(repo, 'refs/pull/1/merge', 0)
  return reportIn(clone, { env: pullRequest(merge), ...options })
}

const shortHead = ({ git }: GitRepo) => git('rev-parse', '--short', 'HEAD')

describe('a pull request', () => {
  it('adds files, and may do with others what it likes', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/003_c.sql': 'SELECT 3;', 'migrations/seed.sql': '', 'src/004_x.sql': '' })
    repo.commit({ 'migrations/003_c.sql': 'SELECT 33;' }, 'its own file may change until it is merged')
    expect(await onPullRequest(repo)).toEqual({
      base: repo.git('rev-parse', 'main'),
      problems: [],
      new: ['migrations/003_c.sql'],
    })
  })

  it('may not edit a merged file, and the text names the commit', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/001_a.sql': 'SELECT 11;\n' })
    const commit = shortHead(repo)
    expect((await onPullRequest(repo)).problems).toEqual([
      `migrations/001_a.sql is merged and was changed (last changed in ${commit}). Databases that have it do not get the change: restore it and add a new file.`,
    ])
  })

  it('may edit it where accept-checksum names the new checksum', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/001_a.sql': 'SELECT 11;\n' })
    const sum = checksumOf('SELECT 11;\n').slice(0, 8)
    expect((await onPullRequest(repo, { accepted: new Map([['1', sum]]) })).problems).toEqual([])
    expect((await onPullRequest(repo, { accepted: new Map([['2', sum]]) })).problems).toHaveLength(1)
  })

  it('may change line ends, byte order mark and mode', async () => {
    const repo = projectWithBranch()
    repo.git('config', 'core.autocrlf', 'false')
    repo.commit({ 'migrations/001_a.sql': 'SELECT 1;\r\n', 'migrations/002_b.sql': '\uFEFFSELECT 2;\n' })
    repo.git('update-index', '--chmod=+x', 'migrations/001_a.sql')
    repo.git('commit', '--quiet', '--message', 'mode')
    repo.git('reset', '--quiet', '--hard')
    expect((await onPullRequest(repo)).problems).toEqual([])
  })

  it('may not delete a merged file', async () => {
    const repo = projectWithBranch()
    rmSync(join(repo.path, 'migrations/002_b.sql'))
    repo.commit({})
    expect((await onPullRequest(repo)).problems).toEqual([
      `migrations/002_b.sql is merged and deleted (deleted in ${shortHead(repo)}). Restore it; a new file can undo what it does.`,
    ])
  })

  it('may not rename a merged file, with edits or without', async () => {
    const repo = projectWithBranch()
    const long = Array.from({ length: 20 }, (_, at) => `SELECT ${at};`).join('\n')
    repo.git('checkout', '--quiet', 'main')
    repo.commit({ 'migrations/003_c.sql': long })
    repo.git('checkout', '--quiet', '-b', 'renames')
    repo.git('mv', 'migrations/003_c.sql', 'migrations/005_e.sql')
    repo.commit({ 'migrations/005_e.sql': `${long}\n-- edited` })
    repo.git('mv', 'migrations/002_b.sql', 'migrations/002_B.sql')
    repo.commit({ 'archive/x.sql': '' })
    repo.git('mv', 'migrations/001_a.sql', 'archive/001_a.sql')
    repo.commit({})
    repo.git('branch', '--force', 'change', 'renames')
    expect((await onPullRequest(repo)).problems.sort()).toEqual([
      'migrations/001_a.sql is merged and deleted ' +
        `(deleted in ${shortHead(repo)}). Restore it; a new file can undo what it does.`,
      'migrations/002_B.sql was merged as 002_b.sql and is renamed to 002_B.sql. Name it back.',
      'migrations/005_e.sql was merged as 003_c.sql and is renamed to 005_e.sql. Name it back.',
    ])
  })

  it('may not add a file before a merged one, unless out-of-order allows it', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/003_c.sql': 'SELECT 3;' })
    repo.git('checkout', '--quiet', 'main')
    repo.commit({ 'migrations/004_d.sql': 'SELECT 4;' })
    const late =
      'migrations/003_c.sql is new and comes before 004_d.sql, which is merged. Renumber it after 004, or set out-of-order: allow.'
    expect((await onPullRequest(repo)).problems).toEqual([late])
    expect((await onPullRequest(repo, { outOfOrder: 'allow' })).problems).toEqual([])
    const head = checkoutOf(repo, 'refs/heads/change', 0)
    expect((await reportIn(head, { env: pullRequest('0'.repeat(40)) })).problems).toEqual([late])
  })

  it('may not take a version that was merged meanwhile, though its checkout does not have that file', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/003_c.sql': 'SELECT 3;' })
    repo.git('checkout', '--quiet', 'main')
    repo.commit({ 'migrations/3_d.sql': 'SELECT 4;' })
    const head = checkoutOf(repo, 'refs/heads/change', 0)
    expect((await reportIn(head, { env: pullRequest('') })).problems).toEqual([
      'migrations/003_c.sql Version 003 is used twice: migrations/003_c.sql is new, and 3_d.sql is merged. Renumber the new one.',
    ])
  })

  it('is compared with the first parent of the merge commit when the clone has nothing else of the base', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/001_a.sql': 'SELECT 11;', 'migrations/003_c.sql': 'SELECT 3;' })
    const merge = mergeLikeGitHub(repo)
    const clone = checkoutOf(repo, 'refs/pull/1/merge', 2)
    const report = await reportIn(clone, { env: pullRequest(merge) })
    expect(report).toMatchObject({ base: repo.git('rev-parse', 'main'), new: ['migrations/003_c.sql'] })
    expect(report.problems).toEqual([
      expect.stringContaining('migrations/001_a.sql is merged and was changed'),
    ])
  })

  it('is no problem in a shallow clone, which says why', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/001_a.sql': 'SELECT 11;' })
    const merge = mergeLikeGitHub(repo)
    const clone = checkoutOf(repo, 'refs/pull/1/merge', 1)
    expect(await reportIn(clone, { env: pullRequest(merge) })).toEqual({
      problems: [],
      reason:
        'Merged migrations were not compared: the checkout is shallow and lacks the base branch main. Set fetch-depth: 0 in actions/checkout.',
    })
  })
})

describe('a push', () => {
  it('to the default branch is compared with the commit before it, and a late file is left to the database', async () => {
    const repo = projectWithBranch()
    repo.git('checkout', '--quiet', 'main')
    const before = repo.git('rev-parse', 'HEAD')
    repo.commit({ 'migrations/0_x.sql': 'SELECT 0;' })
    repo.commit({ 'migrations/001_a.sql': 'SELECT 11;' })
    const clone = checkoutOf(repo, 'refs/heads/main', 0)
    const report = await reportIn(clone, { env: push(before) })
    expect(report).toMatchObject({ base: before, new: ['migrations/0_x.sql'] })
    expect(report.problems).toEqual([expect.stringContaining('001_a.sql is merged and was changed')])
    const previous = repo.git('rev-parse', 'HEAD^1')
    expect(await reportIn(clone, { env: push('0'.repeat(40)) })).toMatchObject({ base: previous, new: [] })
  })

  it('to another branch may still change what that branch added', async () => {
    const repo = projectWithBranch()
    const before = repo.commit({ 'migrations/003_c.sql': 'SELECT 3;' })
    repo.commit({ 'migrations/003_c.sql': 'SELECT 33;' })
    const report = await reportIn(checkoutOf(repo, 'refs/heads/change', 0), { env: push(before, 'change') })
    expect(report).toEqual({
      base: repo.git('rev-parse', 'main'),
      problems: [],
      new: ['migrations/003_c.sql'],
    })
  })
})

describe('a merge group', () => {
  it('is compared with its base, as the event tells it', async () => {
    const repo = projectWithBranch()
    repo.commit({ 'migrations/1_z.sql': 'SELECT 3;' })
    const base_sha = repo.git('rev-parse', 'main')
    const env = event('merge_group', { merge_group: { base_sha } })
    const report = await reportIn(checkoutOf(repo, 'refs/heads/change', 0), { env })
    expect(report).toMatchObject({ base: base_sha, new: ['migrations/1_z.sql'] })
    expect(report.problems).toEqual([expect.stringContaining('Version 1 is used twice')])
  })
})

describe('base-ref', () => {
  it('names branch, tag or commit, and the work tree is what counts', async () => {
    const repo = projectWithBranch()
    repo.git('tag', 'v1', 'main')
    const place = { root: repo.path, workingDirectory: '.' }
    writeFileSync(join(repo.path, 'migrations/001_a.sql'), 'SELECT 11;')
    writeFileSync(join(repo.path, 'migrations/003_c.sql'), 'SELECT 3;')
    for (const ref of ['main', 'v1', repo.git('rev-parse', 'main')]) {
      const report = await reportIn(place, { env: {} }, ref)
      expect(report).toMatchObject({ base: repo.git('rev-parse', 'main'), new: ['migrations/003_c.sql'] })
      expect(report.problems).toEqual([expect.stringContaining('not committed). Databases that have it')])
    }
  })

  it('that names nothing is a problem in a whole clone, and a reason in a shallow one', async () => {
    const repo = projectWithBranch()
    const whole = checkoutOf(repo, 'refs/heads/change', 0)
    expect((await reportIn(whole, { env: {} }, 'mian')).problems).toEqual([
      'Input base-ref cannot be used: base-ref "mian" is not in this clone, or shares no history with HEAD.',
    ])
    expect((await reportIn(whole, { env: {} }, '--all')).problems).toEqual([
      'Input base-ref cannot be used: "--all" is no branch, tag or commit.',
    ])
    repo.commit({ 'x.txt': '' })
    const shallow = checkoutOf(repo, 'refs/heads/change', 1)
    expect(await reportIn(shallow, { env: {} }, 'main')).toMatchObject({
      problems: [],
      reason: expect.stringContaining('Set fetch-depth: 0'),
    })
  })
})

describe('without a base', () => {
  it.each([
    [{ GITHUB_EVENT_NAME: 'schedule' }, 'the event schedule has no base; base-ref can name one'],
    [{}, 'a run outside of GitHub has no base; base-ref can name one'],
  ])('nothing is compared: %j', async (env, reason) => {
    const { path: root } = projectWithBranch()
    expect(await reportIn({ root, workingDirectory: '.' }, { env })).toEqual({
      problems: [],
      reason: `Merged migrations were not compared: ${reason}.`,
    })
  })

  it('nor without a repository', async () => {
    const report = await reportIn({ root: tempDir(), workingDirectory: '.' }, { env: pullRequest('') })
    expect(report.reason).toContain('there is no git history here')
  })
})
