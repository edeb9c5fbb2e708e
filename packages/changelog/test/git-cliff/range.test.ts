import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitIn, gitRepo, tempDir } from '@tokenledger/testkit'
import { emptyNotes } from '../../src/index.ts'
import { server } from '../history/clones.ts'
import { byHand, HIDDEN, hashOf, notesOf, PLAIN, REWRITTEN } from './notes-of.ts'
import { released } from './released.ts'

describe('the notes of a release', () => {
  it('have all since the previous tag, also what its prereleases had', async () => {
    const { path } = released()
    const { body, included } = await notesOf(path, { from: 'v1.0.0' })
    expect(included).toBe(3)
    expect(body).toBe(
      [
        '## v2.0.0 since v1.0.0',
        '',
        '### Features',
        '',
        `- three ${hashOf(path, 'feat: three')}`,
        '',
        '### Others',
        '',
        `- two ${hashOf(path, 'fix: two')}`,
        `- no conventional commit ${hashOf(path, 'no conventional')}`,
        '',
      ].join('\n'),
    )
  })

  it('of a prerelease have what came since the one before', async () => {
    const { path } = released()
    const { body, included } = await notesOf(path, { from: 'v2.0.0rc2' })
    expect(included).toBe(1)
    expect(body).toContain('## v2.0.0 since v2.0.0rc2\n')
  })

  it('of a first release have the whole history, the first commit too', async () => {
    const { path } = released()
    const { body, included } = await notesOf(path)
    expect(included).toBe(5)
    expect(body).toContain('## v2.0.0 since the first\n')
    expect(body).toContain(gitIn(path)('rev-list', '--max-parents=0', 'HEAD'))
    expect(body.match(/^## /gm)).toHaveLength(1)
  })

  it('do not need the tag, when a run was started at its commit', async () => {
    const { path, git } = released()
    const withTag = await notesOf(path, { from: 'v1.0.0' })
    git('tag', '--delete', 'v2.0.0')
    const { body } = await notesOf(path, { from: 'v1.0.0' })
    expect(body).toBe(withTag.body)
  })

  it('are of HEAD, though the tag of that name is elsewhere', async () => {
    const { path, git } = released()
    git('tag', '--force', 'v2.0.0', 'v1.0.0')
    const { included, body } = await notesOf(path, { from: 'v1.0.0' })
    expect(included).toBe(3)
    expect(body).toContain('## v2.0.0 since v1.0.0')
  })

  it('show the message of an annotated tag where the configuration asks for it', async () => {
    const { path, git } = released()
    git('tag', '--force', '--annotate', '--message', 'A word before.', 'v2.0.0')
    const cliff = PLAIN.replace('## {{ version }}', '{{ message }}\n## {{ version }}')
    const { body } = await notesOf(path, { from: 'v1.0.0', cliff })
    expect(body).toMatch(/^A word before\.\n/)
  })

  it('are there whatever tags the configuration leaves out', async () => {
    const { path } = released()
    const plain = await notesOf(path, { from: 'v1.0.0' })
    const cliff = `${PLAIN}tag_pattern = "^release-"\nskip_tags = "v2"\nignore_tags = "v"\ncount_tags = "x"\n`
    expect((await notesOf(path, { from: 'v1.0.0', cliff })).body).toBe(plain.body)
  })

  it('begin at the previous tag, whatever order the configuration wants', async () => {
    const repo = server()
    repo.git('tag', 'v0.9.0')
    repo.git('switch', '--quiet', '--create', 'maintenance')
    repo.commits(1, 'fix: beside the branch')
    repo.git('tag', 'v0.9.1')
    repo.git('switch', '--quiet', 'main')
    repo.commits(1, 'feat: two')
    const cliff = `${PLAIN}topo_order = true\nuse_branch_tags = true\n`
    for (const from of ['v0.9.0', 'v0.9.1']) {
      const { body } = await notesOf(repo.path, { from, tag: 'v0.10.0', cliff })
      expect(body).toContain(`## v0.10.0 since ${from}`)
    }
  })

  it('are not written to a file that the configuration names', async () => {
    const { path, git } = released()
    const cliff = PLAIN.replace('trim = true', 'trim = true\noutput = "CHANGELOG.md"')
    expect((await notesOf(path, { from: 'v1.0.0', cliff })).body).toContain('- two ')
    expect(git('status', '--porcelain')).toBe('')
  })

  it('are empty when nothing was committed, and the error for it says between what', async () => {
    const { path } = released()
    const { body, included } = await notesOf(path, { from: 'v2.0.0', tag: 'v2.0.1' })
    expect({ body, included }).toEqual({ body: '', included: 0 })
    expect(emptyNotes('v2.0.0', 'v2.0.1').message).toBe('NOTES_EMPTY: no commits between v2.0.0 and v2.0.1')
  })

  it.each([
    ['plain', PLAIN],
    ['with a footer and a postprocessor', REWRITTEN],
    ['with a postprocessor that rewrites hashes', HIDDEN],
  ])('are what git-cliff itself writes for these two tags, %s', async (_, cliff) => {
    const { path } = released()
    const { body } = await notesOf(path, { from: 'v1.0.0', cliff })
    const two = ['--tag-pattern', '^(?:v1\\.0\\.0|v2\\.0\\.0)$']
    expect(body).toBe(await byHand(path, cliff, ...two, '--', 'v1.0.0..v2.0.0'))
    const first = await notesOf(path, { cliff })
    expect(first.body).toBe(await byHand(path, cliff, '--tag-pattern', '^v2\\.0\\.0$'))
  })

  it('leave nothing behind, in the checkout or beside it', async () => {
    const { path, git } = released()
    const temp = tempDir('runner-temp-')
    const before = process.env.RUNNER_TEMP
    process.env.RUNNER_TEMP = temp
    try {
      await notesOf(path, { from: 'v1.0.0', path: 'ledger' })
    } finally {
      if (before === undefined) delete process.env.RUNNER_TEMP
      else process.env.RUNNER_TEMP = before
    }
    expect(readdirSync(temp)).toEqual([])
    expect(existsSync(join(path, '.git', 'git-cliff'))).toBe(false)
    expect(git('status', '--porcelain')).toBe('')
  })
})

describe('a package of a monorepo', () => {
  it.each(['ledger', './ledger/', 'led[g]er'])('at %s has the commits of its folder alone', async path => {
    const folder = path.replace(/^\.\/|\/$/g, '')
    const repo = gitRepo({ [`${folder}/a.py`]: '1', 'web/a.ts': '1' })
    repo.git('tag', 'v1.0.0')
    repo.commit({ [`${folder}/a.py`]: '2' }, 'feat: of the ledger')
    repo.commit({ 'web/a.ts': '2', 'ledger-tools/a.py': '2' }, 'feat: of the web')
    repo.commit({ [`${folder}/deep/er.py`]: '2', 'web/a.ts': '3' }, 'fix: of both')
    repo.commit({ 'README.md': '2' }, 'docs: of neither')
    const { body, included, dropped } = await notesOf(repo.path, { from: 'v1.0.0', path })
    expect({ included, dropped }).toEqual({ included: 2, dropped: [] })
    expect(body).toContain('- of the ledger ')
    expect(body).toContain('- of both ')
    expect(body).not.toContain('of the web')
  })

  it('has its root commit when that is in its folder', async () => {
    const repo = gitRepo({ 'ledger/a.py': '1' })
    const { included } = await notesOf(repo.path, { path: 'ledger' })
    expect(included).toBe(1)
  })
})
