import { basename, join, relative } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { writeFiles } from '../../../packages/testkit/src/files.ts'
import { STAND_INS } from './run-stand-in.ts'

interface Found {
  readonly root: string
  readonly files: string[]
}
const { findFiles }: { findFiles(lines: string[], withHidden: boolean, cwd: string): Found } = await import(
  join(STAND_INS, 'actions/upload-artifact/find-files.mjs')
)

const folder = tempDir()
writeFiles(folder, {
  'a/one.txt': '',
  'a/two.log': '',
  'a/deep/three.txt': '',
  'a/.cache/four.txt': '',
  'b/five.txt': '',
  'six.txt': '',
})

const found = (path: string, withHidden = false) => {
  const { root, files } = findFiles(path.split('\n'), withHidden, folder)
  return { root: relative(folder, root), files: files.map(file => relative(root, file)) }
}

describe('findFiles', () => {
  it.each([
    ['a directory with all below it', 'a', 'a', ['deep/three.txt', 'one.txt', 'two.log']],
    ['a directory with a slash', 'a/', 'a', ['deep/three.txt', 'one.txt', 'two.log']],
    ['one file', 'a/one.txt', 'a', ['one.txt']],
    ['a star in one directory', 'a/*.txt', 'a', ['one.txt']],
    [
      'a star that meets directories',
      '*',
      '',
      ['a/deep/three.txt', 'a/one.txt', 'a/two.log', 'b/five.txt', 'six.txt'],
    ],
    ['stars at any depth', '**/*.txt', '', ['a/deep/three.txt', 'a/one.txt', 'b/five.txt', 'six.txt']],
    ['stars that match one file keep its path', 'a/**/three.*', 'a', ['deep/three.txt']],
    ['an exclusion', 'a\n!a/*.log', 'a', ['deep/three.txt', 'one.txt']],
    ['an excluded directory', 'a\n!a/deep', 'a', ['one.txt', 'two.log']],
    ['an exclusion that is taken back', 'a\n!a/**\na/one.txt', 'a', ['one.txt']],
    ['two directories under what they share', 'a/deep\nb', '', ['a/deep/three.txt', 'b/five.txt']],
    ['two patterns in one directory', 'a/*.txt\na/*.log', 'a', ['one.txt', 'two.log']],
    ['a file beside a directory', 'six.txt\nb', '', ['b/five.txt', 'six.txt']],
    ['blank and comment lines', '\n# all\n  b  \n', 'b', ['five.txt']],
    ['what is not there', 'nothing\n*.zip', '', []],
  ])('finds %s', (_, path, root, files) => {
    expect(found(path)).toEqual({ root, files })
  })

  it('takes hidden files only when asked', () => {
    expect(found('a/.cache').files).toEqual([])
    expect(found('a/.cache', true).files).toEqual(['four.txt'])
  })

  it('is not misled by a hidden directory above the workspace', () => {
    const inside = join(tempDir(), '.work')
    writeFiles(inside, { 'out/file.txt': '' })
    expect(findFiles(['out'], false, inside).files.map(file => basename(file))).toEqual(['file.txt'])
  })
})
