import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import { inWords, lastChange } from '../../src/files/git-history.ts'
import { checkoutOf } from './clones.ts'

const place = (root: string) => ({ root, workingDirectory: '.' })

function history() {
  const repo = gitRepo({ 'm/001_a.sql': 'SELECT 1;', 'm/002_b.sql': 'SELECT 2;', 'm/*.sql': 'SELECT 3;' })
  const edited = repo.commit({ 'm/001_a.sql': 'SELECT 10;' })
  rmSync(join(repo.path, 'm/002_b.sql'))
  const deleted = repo.commit({})
  repo.commit({ 'other.txt': 'x' })
  const shortOf = (sha: string) => repo.git('rev-parse', '--short', sha)
  return { repo, edited: shortOf(edited), deleted: shortOf(deleted) }
}

describe('the last change of a file', () => {
  it('is the commit that edited it, or deleted it', async () => {
    const { repo, edited, deleted } = history()
    expect(await lastChange(place(repo.path), 'm/001_a.sql')).toEqual({ commit: edited, uncommitted: false })
    expect(await lastChange(place(repo.path), 'm/002_b.sql')).toEqual({ commit: deleted, uncommitted: false })
  })

  it('takes a path as it stands, never as a pattern', async () => {
    const { repo } = history()
    const first = repo.git('rev-parse', '--short', 'HEAD~3')
    expect(await lastChange(place(repo.path), 'm/*.sql')).toEqual({ commit: first, uncommitted: false })
    expect(await lastChange(place(repo.path), ':(top)m')).toBeUndefined()
    expect(await lastChange(place(repo.path), '--all')).toBeUndefined()
  })

  it('tells an edit that nobody committed', async () => {
    const { repo, edited } = history()
    writeFileSync(join(repo.path, 'm/001_a.sql'), 'SELECT 11;')
    const change = await lastChange(place(repo.path), 'm/001_a.sql')
    expect(change).toEqual({ commit: edited, uncommitted: true })
    expect(inWords(change, 'last changed')).toBe(`last changed after ${edited}, not committed`)
  })

  it('is known in a shallow clone only for what its commits did, not for what they began with', async () => {
    const { repo, deleted } = history()
    const atDepth = (depth: number, path: string) =>
      lastChange(checkoutOf(repo, 'refs/heads/main', depth), path)
    expect(await atDepth(1, 'm/001_a.sql')).toBeUndefined()
    expect(await atDepth(1, 'm/002_b.sql')).toBeUndefined()
    expect(await atDepth(3, 'm/001_a.sql')).toBeUndefined()
    expect(await atDepth(3, 'm/002_b.sql')).toEqual({ commit: deleted, uncommitted: false })
  })

  it('is the first commit in a whole clone', async () => {
    const repo = gitRepo({ '001_a.sql': 'SELECT 1;' })
    expect(await lastChange(place(repo.path), '001_a.sql')).toMatchObject({ uncommitted: false })
  })

  it('is unknown without a repository, and the text leaves it out', async () => {
    const root = tempDir('no-repository-')
    writeFiles(root, { '001_a.sql': 'SELECT 1;' })
    expect(await lastChange(place(root), '001_a.sql')).toBeUndefined()
    expect(inWords(undefined, 'deleted')).toBe('')
  })

  it.each([
    ['GIT_TEST_ASSUME_DIFFERENT_OWNER', '1'],
    ['GIT_DIR', '/nowhere'],
    ['GIT_INDEX_FILE', '/nowhere/index'],
    ['LC_ALL', 'de_DE.UTF-8'],
  ])('is known whatever %s is: a container with another owner, a hook, a language', async (name, value) => {
    const { repo, edited } = history()
    const before = process.env[name]
    process.env[name] = value
    try {
      expect(await lastChange(place(repo.path), 'm/001_a.sql')).toMatchObject({ commit: edited })
    } finally {
      if (before === undefined) delete process.env[name]
      else process.env[name] = before
    }
  })
})
