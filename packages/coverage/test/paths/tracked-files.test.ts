import { chownSync } from 'node:fs'
import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { gitRepo, tempDir, writeFiles } from '@tokenledger/testkit'
import { trackedFiles } from '../../src/paths/tracked-files.ts'

const ANOTHER_ACCOUNT = 12_345

describe('the files that git tracks', () => {
  const names = ['a.py', 'sub/sp ace é.py', 'new\nline.py']
  const repository = () => gitRepo(Object.fromEntries(names.map(name => [name, ''])))

  it('have their paths as they are, and untracked files are none of them', async () => {
    const { path } = repository()
    writeFiles(path, { 'untracked.py': '' })
    expect([...(await trackedFiles(path))].sort()).toEqual([...names].sort())
  })

  const isRoot = process.getuid?.() === 0
  it(`are listed in a checkout of another account${isRoot ? '' : ' (only its own account can be had here)'}`, async () => {
    const { path } = repository()
    if (isRoot) chownSync(path, ANOTHER_ACCOUNT, ANOTHER_ACCOUNT)
    expect((await trackedFiles(path)).size).toBe(3)
  })

  it('cannot be listed without a checkout, which is said with the remedy', async () => {
    const folder = tempDir()
    const listed = trackedFiles(folder)
    await expect(listed).rejects.toThrow(UserError)
    await expect(listed).rejects.toThrow(
      /cannot be listed in .*: fatal: not a git repository.*\. Run actions\/checkout/,
    )
  })
})
