import { describe, expect, it } from '@jest/globals'
import type { RemoteFile } from '../../src/patch/changes-api.ts'
import { headLinesByApi } from '../../src/patch/head-lines.ts'
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
