import { describe, expect, it } from '@jest/globals'
import type { RemoteFile } from '@tokenledger/github/changes'
import { headLinesByApi, headLinesByDiff } from '../../src/patch/head-lines.ts'
import { linesOfRemoteFiles } from '../../src/patch/remote-files.ts'

describe('what the API says of a file', () => {
  const file = (more: Partial<RemoteFile>): RemoteFile => {
    return { path: 'a.py', status: 'modified', blob: 'b1', additions: 1, deletions: 0, ...more }
  }
  const lines = (more: Partial<RemoteFile>, blob: string | undefined = 'b1') => {
    const { files, notComparable } = linesOfRemoteFiles([file(more)], () => blob)
    return files.get('a.py') ?? notComparable.get('a.py') ?? 'nothing'
  }
  const patch = '@@ -1,2 +1,3 @@ def f():\n a\n+b\n c'
  const EMPTY = 'e69de29bb2d1d6434b8b29ae775ad8c2e48c5391'
  const NO_DIFF = 'GitHub gives no diff of it, or not all of it'

  it.each<[string, Partial<RemoteFile>, unknown]>([
    ['its added lines', { patch }, [2]],
    ['no lines of a removed file', { status: 'removed', additions: 0, deletions: 2 }, 'nothing'],
    ['no lines of a mere rename', { status: 'renamed', additions: 0 }, 'nothing'],
    ['no lines of a new empty file', { status: 'added', additions: 0, blob: EMPTY }, 'nothing'],
    ['that a large file has no diff', { additions: 40_000 }, NO_DIFF],
    ['that a binary file has none', { additions: 0 }, NO_DIFF],
    ['that the diff is cut between hunks', { patch, additions: 9 }, NO_DIFF],
    ['that the diff is cut inside of a hunk', { patch: '@@ -1,2 +1,3 @@\n a\n+b' }, NO_DIFF],
  ])('is %s', (_, more, expected) => {
    expect(lines(more, more.blob)).toEqual(expected)
  })

  it('is nothing when the tested tree has another version, or has it as a link', () => {
    expect(lines({ patch }, 'b2')).toBe('the tested tree has another version of it than the pull request')
    expect(linesOfRemoteFiles([file({ patch })], () => undefined)).toEqual({
      files: new Map(),
      notComparable: new Map(),
    })
  })

  it('maps to no line of the head when a file may be missing in the list, or has no diff', () => {
    expect(headLinesByApi([file({ patch })])('a.py', 3)).toBe(2)
    expect(headLinesByApi([file({})])('a.py', 3)).toBeUndefined()
    expect(headLinesByApi([file({ patch, status: 'renamed' })])('a.py', 3)).toBeUndefined()
    expect(headLinesByApi([])('other.py', 3)).toBe(3)
    const full = Array.from({ length: 300 }, (_, index) => file({ patch, path: `${index}.py` }))
    expect(headLinesByApi(full)('299.py', 3)).toBe(2)
    expect(headLinesByApi(full)('other.py', 3)).toBeUndefined()
  })
})

describe('the line of the head by the diff from it to the tested merge', () => {
  const edits = [{ oldLine: 1, removed: 0, newLine: 1, added: 5 }]

  it('is shifted by what the base brought, and the same in other files', () => {
    const headLine = headLinesByDiff([{ before: 'a.py', after: 'a.py', content: 'text', edits }])
    expect([headLine('a.py', 25), headLine('a.py', 5), headLine('b.py', 25)]).toEqual([20, undefined, 25])
  })

  it('is none in a file that the head has under another name, has not, or has as another kind of file', () => {
    const headLine = headLinesByDiff([
      { before: 'old.py', after: 'moved.py', content: 'text', edits },
      { after: 'new.py', content: 'text', edits },
      { before: 'b.py', after: 'b.py', content: 'binary', edits: [] },
      { before: 'gone.py', content: 'text', edits },
    ])
    expect(['moved.py', 'new.py', 'b.py'].map(path => headLine(path, 25))).toEqual([
      undefined,
      undefined,
      undefined,
    ])
  })
})
