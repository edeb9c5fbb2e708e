import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitIn, gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import { notesOf } from './notes-of.ts'
import { released } from './released.ts'

describe('a clone that lacks something', () => {
  it.each([
    { depth: 1, before: 0, since: 123 },
    { depth: 2, before: 0, since: 123 },
    { depth: 1, before: 2000, since: 123 },
    // Deepened by 100, it ends just behind the previous tag.
    { depth: 1, before: 2000, since: 98 },
  ])(
    'of depth $depth gives the same notes as the whole one: $before commits, the tag, $since commits',
    async asked => {
      const { depth, before, since } = asked
      const repo = released(before)
      repo.commits(since - 3, 'fix: one of many')
      const whole = await notesOf(repo.checkout(0), { from: 'v1.0.0', tag: 'v2.1.0' })
      const clone = repo.checkout(depth)
      const shallow = await notesOf(clone, { from: 'v1.0.0', tag: 'v2.1.0' })
      expect(shallow).toEqual({ ...whole, ms: shallow.ms })
      expect(existsSync(join(clone, '.git', 'shallow'))).toBe(before > 0)
      expect(whole.included).toBe(since)
      expect(whole.body).toContain('since v1.0.0')
    },
  )

  it.each([
    ['blob:none', undefined],
    ['tree:0', 'v1.0.0'],
  ])('of the filter %s gets the files that git-cliff counts', async (filter, from) => {
    const repo = gitRepo({ 'a.py': '1' })
    repo.git('tag', 'v1.0.0')
    repo.commit({ 'a.py': '2', 'b.py': '1' }, 'feat: two')
    repo.commit({ 'a.py': '3' }, 'feat: three')
    for (const setting of ['allowFilter', 'allowAnySHA1InWant'])
      repo.git('config', `uploadpack.${setting}`, 'true')
    const clone = tempDir('clone-')
    gitIn(clone)('clone', '--quiet', `--filter=${filter}`, `file://${repo.path}`, '.')
    const asked = from === undefined ? {} : { from }
    const whole = await notesOf(repo.path, asked)
    expect(await notesOf(clone, asked)).toMatchObject({ body: whole.body, included: whole.included })
  })

  it('that holds the release in another work tree is read from there', async () => {
    const repo = released()
    const tree = join(tempDir('trees-'), 'tree')
    repo.git('worktree', 'add', '--quiet', '--detach', tree, 'v2.0.0')
    writeFiles(tree, { 'new.txt': '' })
    const here = await notesOf(repo.path, { from: 'v1.0.0' })
    expect((await notesOf(tree, { from: 'v1.0.0' })).body).toBe(here.body)
  })
})
