import { describe, expect, it } from '@jest/globals'
import { gitRepo, writeFiles } from '@tokenledger/testkit'
import { commitsSince } from '../../src/history/commits-since.ts'
import { tagsOf } from '../../src/history/tags-of.ts'
import { actionGit } from './clones.ts'

const subjects = async (root: string, path?: string) =>
  (await commitsSince(actionGit(root), path === undefined ? {} : { path })).map(({ message }) => message)

describe('commitsSince', () => {
  it('gives hash, parents, time and the whole message, newest first', async () => {
    const { path, git, commit } = gitRepo()
    const message = 'feat: é\n\nbody with \x01, "quotes" and a tab\t.\n\ncommit 123\n\nRefs: #1'
    const added = commit({ a: '1' }, message)
    const [newest, first] = await commitsSince(actionGit(path))
    expect(newest).toEqual({
      hash: added,
      parents: [git('rev-parse', 'HEAD^')],
      committedAt: Number(git('log', '-1', '--format=%ct')),
      message,
    })
    expect(first).toMatchObject({ parents: [], message: 'first' })
  })

  it("is not changed by the user's settings of git", async () => {
    const { path, git, commit } = gitRepo({ 'README.md': '# a file\n' })
    git('mv', 'README.md', 'moved')
    commit({}, 'feat: x')
    const settings = { 'log.showSignature': 'true', 'log.follow': 'true', 'log.decorate': 'full' }
    for (const [key, value] of Object.entries({
      ...settings,
      'format.pretty': 'oneline',
      'color.ui': 'always',
    }))
      git('config', key, value)
    expect(await subjects(path)).toEqual(['feat: x', 'first'])
    expect(await subjects(path, 'moved')).toEqual(['feat: x'])
  })

  it('is limited to a folder, whose name is no pattern; the top is no limit', async () => {
    const { path, commit } = gitRepo()
    commit({ 'core/a': '1' }, 'feat: core')
    commit({ 'core2/a': '1', 'c*/a': '1' }, 'feat: others')
    commit({}, 'feat: no file')
    expect(await subjects(path, 'core')).toEqual(['feat: core'])
    expect(await subjects(path, 'c*')).toEqual(['feat: others'])
    expect(await subjects(path, '.')).toHaveLength(4)
    expect(await subjects(path, 'gone')).toEqual([])
  })

  it('keeps the commits of a branch that changed a folder to what the other side had too', async () => {
    const { path, git, commit } = gitRepo()
    git('switch', '--quiet', '--create', 'side')
    commit({ 'core/a': '1' }, 'fix: on the side')
    git('switch', '--quiet', 'main')
    commit({ 'core/a': '1' }, 'fix: on main')
    git('merge', '--quiet', '--no-ff', '--message', 'Merge side', 'side')
    expect((await subjects(path, 'core')).sort()).toEqual(['fix: on main', 'fix: on the side'])
  })

  it('reads messages in the encoding that they were written in', async () => {
    const { path, git } = gitRepo()
    const message = Buffer.from('fix: caf\xe9', 'latin1')
    const tree = git('write-tree')
    const header = `tree ${tree}\nauthor a <a@b> 1 +0000\ncommitter a <a@b> 1 +0000\nencoding ISO-8859-1\n\n`
    const object = Buffer.concat([Buffer.from(header), message])
    writeFiles(path, { object })
    const hash = git('hash-object', '-t', 'commit', '-w', 'object')
    git('update-ref', 'HEAD', hash)
    expect(await subjects(path)).toEqual(['fix: café'])
  })

  it('leaves out what the tag leads to', async () => {
    const { path, git, commit } = gitRepo()
    git('tag', 'v1')
    commit({ a: '1' }, 'feat: after')
    const [tag] = await tagsOf(actionGit(path))
    if (!tag) throw new Error('no tag')
    const commits = await commitsSince(actionGit(path), { tag })
    expect(commits.map(({ message }) => message)).toEqual(['feat: after'])
  })

  it('says what it cannot list', async () => {
    const gone = { tag: 'v7', commit: 'f'.repeat(40) }
    await expect(commitsSince(actionGit(gitRepo().path), { tag: gone })).rejects.toThrow(
      'HISTORY_MISSING: git cannot list the commits since v7 (',
    )
  })
})
