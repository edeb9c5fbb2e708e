import { chmodSync, existsSync, lstatSync, readdirSync, statSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import type { Write } from '../../src/init/outcome.ts'
import { writeAll } from '../../src/init/write-all.ts'
import { adopter, runInit, textOf } from './adopters.ts'

const write = (path: string, before: string | undefined, after: string): Write => ({
  kind: 'write',
  path,
  before,
  after,
  why: '',
})

/** Does it as an account that permissions hold for; they do not for root. */
function asNobody(act: () => void): void {
  const isRoot = process.geteuid?.() === 0
  if (isRoot) process.seteuid?.(65534)
  try {
    act()
  } finally {
    if (isRoot) process.seteuid?.(0)
  }
}

describe('writing all files or none', () => {
  it('leaves nothing half done in a folder that is read-only', () => {
    const folder = tempDir()
    writeFiles(folder, { 'a/one.txt': 'one', 'locked/two.txt': 'two' })
    chmodSync(folder, 0o777)
    chmodSync(join(folder, 'a'), 0o777)
    chmodSync(join(folder, 'locked'), 0o555)
    const writes = [
      write('a/one.txt', 'one', '1'),
      write('new/b/three.txt', undefined, '3'),
      write('locked/two.txt', 'two', '2'),
    ]
    asNobody(() =>
      expect(() => writeAll(folder, writes)).toThrow(/^Nothing was written: EACCES.*Make the place writable/),
    )
    expect(textOf(folder, 'a/one.txt')).toBe('one')
    expect(readdirSync(join(folder, 'a'))).toEqual(['one.txt'])
    expect(existsSync(join(folder, 'new'))).toBe(false)
  })

  it('takes back what is in place when a later one cannot be put in place', () => {
    const folder = tempDir()
    writeFiles(folder, { 'one.txt': 'one' })
    // The third makes a folder where the second belongs, which is seen only when that is put in place.
    const writes = [
      write('one.txt', 'one', '1'),
      write('two', undefined, '2'),
      write('two/three/x', undefined, 'x'),
    ]
    expect(() => writeAll(folder, writes)).toThrow(/^Nothing was written: /)
    expect(textOf(folder, 'one.txt')).toBe('one')
    expect(readdirSync(folder)).toEqual(['one.txt'])
  })

  it('does not write over what was changed since it was read', () => {
    const folder = tempDir()
    writeFiles(folder, { 'one.txt': 'other' })
    expect(() => writeAll(folder, [write('one.txt', 'one', '1')])).toThrow(
      'one.txt was changed in the meantime',
    )
    expect(textOf(folder, 'one.txt')).toBe('other')
  })

  it('keeps the mode of a file, and a link as a link', () => {
    const folder = tempDir()
    writeFiles(folder, { 'docs/README.md': 'one' })
    chmodSync(join(folder, 'docs/README.md'), 0o640)
    symlinkSync('docs/README.md', join(folder, 'README.md'))
    writeAll(folder, [write('README.md', 'one', 'two')])
    expect(lstatSync(join(folder, 'README.md')).isSymbolicLink()).toBe(true)
    expect(textOf(folder, 'docs/README.md')).toBe('two')
    expect(statSync(join(folder, 'docs/README.md')).mode & 0o777).toBe(0o640)
  })

  it('holds for init: where .github is a file, nothing else is written either', async () => {
    const folder = adopter({ '.github': 'a file' })
    await expect(runInit(folder)).rejects.toThrow('Nothing was written: ')
    expect(readdirSync(folder).sort()).toEqual(
      ['.git', '.github', 'LICENSE', 'README.md', 'flat_ledger', 'pyproject.toml', 'tests'].sort(),
    )
    expect(textOf(folder, 'pyproject.toml')).not.toContain('bandit')
  })
})
