import { describe, expect, it } from '@jest/globals'
import { bareClone, gitIn, gitRepo, tempDir } from '@tokenledger/testkit'
import { gitAt } from '../src/git.ts'

const server = { serverUrl: 'https://github.com' }

describe('git in a checkout', () => {
  it('gives what it reads, and undefined for what it refuses', async () => {
    const { path, git } = gitRepo()
    const reader = gitAt(path, server)
    expect(await reader.read('rev-parse', 'HEAD')).toBe(`${git('rev-parse', 'HEAD')}\n`)
    expect(await reader.read('rev-parse', '--verify', 'gone')).toBeUndefined()
    expect(await gitAt(tempDir(), server).read('status')).toBeUndefined()
  })

  it('takes settings for every call', async () => {
    const reader = gitAt(gitRepo().path, server, ['core.abbrev=10'])
    expect(await reader.read('rev-parse', '--short', 'HEAD')).toHaveLength(11)
  })

  it('is not led to another repository by the variables of a hook', async () => {
    const [inner, outer] = [gitRepo(), gitRepo({ 'other.txt': '' })]
    process.env.GIT_DIR = `${outer.path}/.git`
    try {
      expect(await gitAt(inner.path, server).read('ls-files')).toBe('README.md\n')
    } finally {
      delete process.env.GIT_DIR
    }
  })

  it('reads a checkout of another account, and runs no program that its configuration names', async () => {
    const { path, git } = gitRepo()
    git('config', 'core.fsmonitor', 'touch ran; true')
    process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER = '1'
    try {
      expect(await gitAt(path, server).read('status', '--porcelain')).toBe('')
    } finally {
      delete process.env.GIT_TEST_ASSUME_DIFFERENT_OWNER
    }
  })

  it('fetches, and says in a few words why it could not', async () => {
    const repo = gitRepo()
    const bare = bareClone(repo)
    const root = tempDir()
    gitIn(root)('init', '--quiet')
    const git = gitAt(root, { ...server, token: 'ghs_secrettoken' })
    expect(await git.fetch('fetch', 'origin')).toEqual({ failure: 'there is no remote origin' })
    gitIn(root)('remote', 'add', 'origin', bare)
    expect(await git.fetch('fetch', '--quiet', 'origin')).toEqual({ output: '' })
    expect(await git.read('rev-parse', 'origin/main')).toBe(`${repo.git('rev-parse', 'HEAD')}\n`)
  })
})
