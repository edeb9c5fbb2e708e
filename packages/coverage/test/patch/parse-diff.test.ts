import { chmodSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { type Files, gitRepo } from '@tokenledger/testkit'
import { addedLines } from '../../src/patch/hunks.ts'
import { parseDiff } from '../../src/patch/parse-diff.ts'
import { diffOf } from './git-diff.ts'

/** Files before → files after, by real git; `act` does what writing files cannot. */
function changed(before: Files, after: Files, act: (root: string) => void = () => undefined) {
  const repo = gitRepo(before)
  act(repo.path)
  repo.commit(after)
  return parseDiff(diffOf(repo))
}

describe('parseDiff', () => {
  it('finds the lines that were added or edited, not those that went', () => {
    const [file] = changed({ 'a.py': '1\n2\n3\n4\n5\n' }, { 'a.py': '1\nzwei\n3\n5\n6\n7\n' })
    expect(file).toEqual({
      before: 'a.py',
      after: 'a.py',
      content: 'text',
      edits: [
        { oldLine: 2, removed: 1, newLine: 2, added: 1 },
        { oldLine: 4, removed: 1, newLine: 4, added: 0 },
        { oldLine: 6, removed: 0, newLine: 5, added: 2 },
      ],
    })
    expect(addedLines(file?.edits ?? [])).toEqual([2, 5, 6])
  })

  it.each([
    'with space.py',
    'a b/ b/c.py',
    'tab\tnew\nline.py',
    'ünï/日本.py',
    'quo"te\\back.py',
    '\x07\b\v\f\r\x01.py',
    'diff --git a b.py',
  ])('gives the path as it is: %j', path => {
    expect(changed({ [path]: '1\n' }, { [path]: '1\n2\n' })).toEqual([
      {
        before: path,
        after: path,
        content: 'text',
        edits: [{ oldLine: 2, removed: 0, newLine: 2, added: 1 }],
      },
    ])
  })

  it('decodes paths also where git leaves bytes beyond ASCII alone (core.quotePath=false)', () => {
    const repo = gitRepo({ 'ü"é.py': '1\n' })
    repo.commit({ 'ü"é.py': '2\n' })
    const [file] = parseDiff(diffOf(repo, '-c', 'core.quotePath=false'))
    expect(file?.after).toBe('ü"é.py')
  })

  it('counts only what was edited in a renamed file, and nothing in one that was only renamed', () => {
    const body = Array.from({ length: 20 }, (_, index) => `line ${index}\n`).join('')
    const files = changed(
      { 'alt é.py': body, 'same.py': `${body}x` },
      { 'neu é.py': `${body}more\n`, 'there.py': `${body}x` },
      root => {
        rmSync(join(root, 'alt é.py'))
        rmSync(join(root, 'same.py'))
      },
    )
    expect(files).toEqual([
      {
        before: 'alt é.py',
        after: 'neu é.py',
        content: 'text',
        edits: [{ oldLine: 21, removed: 0, newLine: 21, added: 1 }],
      },
      { before: 'same.py', after: 'there.py', content: 'text', edits: [] },
    ])
  })

  it('knows new, empty and deleted files', () => {
    const files = changed({ 'gone.py': '1\n2\n' }, { 'empty.py': '', 'new.py': 'a\nb' }, root =>
      rmSync(join(root, 'gone.py')),
    )
    expect(files).toEqual([
      { after: 'empty.py', content: 'text', edits: [] },
      { before: 'gone.py', content: 'text', edits: [{ oldLine: 1, removed: 2, newLine: 1, added: 0 }] },
      { after: 'new.py', content: 'text', edits: [{ oldLine: 1, removed: 0, newLine: 1, added: 2 }] },
    ])
  })

  it('finds no lines in binary files, links, submodules and changes of mode', () => {
    const commit = 'a'.repeat(40)
    const repo = gitRepo({ 'b.bin': '\0one', 'mode.py': '1\n', target: '1\n', other: '2\n' })
    repo.git('update-index', '--add', '--cacheinfo', `160000,${commit},sub module`)
    symlinkSync('target', join(repo.path, 'link.py'))
    repo.git('add', 'link.py')
    repo.git('commit', '--quiet', '-m', 'links')
    writeFileSync(join(repo.path, 'b.bin'), '\0two')
    chmodSync(join(repo.path, 'mode.py'), 0o755)
    rmSync(join(repo.path, 'link.py'))
    symlinkSync('other', join(repo.path, 'link.py'))
    repo.git('add', 'b.bin', 'mode.py', 'link.py')
    repo.git('update-index', '--cacheinfo', `160000,${'b'.repeat(40)},sub module`)
    repo.git('commit', '--quiet', '-m', 'change')
    const both = (path: string) => ({ before: path, after: path, edits: [] })
    expect(parseDiff(diffOf(repo))).toEqual([
      { ...both('b.bin'), content: 'binary' },
      { ...both('link.py'), content: 'link' },
      { ...both('mode.py'), content: 'text' },
      { ...both('sub module'), content: 'link' },
    ])
  })

  it('sees a file that became a link as gone, and as a link', () => {
    const files = changed({ 'a.py': '1\n', 'b.py': '2\n' }, {}, root => {
      rmSync(join(root, 'a.py'))
      symlinkSync('b.py', join(root, 'a.py'))
    })
    expect(files).toMatchObject([
      { before: 'a.py', edits: [{ removed: 1, added: 0 }] },
      { after: 'a.py', content: 'link', edits: [] },
    ])
  })

  it('sees a last line that gets its newline as an edit, and the line after it', () => {
    const files = changed({ 'a.py': '1\n2' }, { 'a.py': '1\n2\n3' })
    expect(files[0]?.edits).toEqual([{ oldLine: 2, removed: 1, newLine: 2, added: 2 }])
  })

  it('says that a diff is cut off, or none', () => {
    const header = 'diff --git a/a b/a\n--- a/a\n+++ b/a\n'
    expect(() => parseDiff(`${header}@@ -1 +1,2 @@\n-1\n+1\n`)).not.toThrow('no header')
    expect(() => parseDiff(`${header}@@ -1 +1,3 @@\n-1\n+1`)).toThrow(
      'the diff ends inside of the hunk @@ -1 +1,3 @@',
    )
    expect(() => parseDiff('fatal: bad revision')).toThrow(
      'line 1 of the diff is no header: fatal: bad revision',
    )
    expect(parseDiff('')).toEqual([])
  })
})
