import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { commitAll, copyCheckout, repositoryOf } from '../src/staging/checkout-copy.ts'
import { git } from '../src/staging/git.ts'

const files = {
  '.gitignore': '*.log\n/secret.txt\n',
  'kept.txt': 'as committed',
  'deep/er/ü file.txt': 'x',
  'debug.log': 'ignored',
}

function write(folder: string, contents: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(contents)) {
    mkdirSync(join(folder, name, '..'), { recursive: true })
    writeFileSync(join(folder, name), text)
  }
}

async function repository(): Promise<string> {
  const folder = tempDir()
  write(folder, files)
  await git(folder, 'init', '--quiet', '--initial-branch', 'main')
  await git(folder, 'remote', 'add', 'origin', 'git@github.com:someone/ledger.git')
  await git(folder, 'add', '--all')
  await git(folder, 'commit', '--quiet', '-m', 'first')
  return folder
}

describe('the copy of a checkout', () => {
  it('has the history and the files as they are now, without what git ignores', async () => {
    const source = await repository()
    write(source, { 'kept.txt': 'as edited', 'new.txt': 'untracked' })
    const before = await git(source, 'status', '--porcelain')
    const copy = await copyCheckout(source, join(tempDir(), 'copy'))
    const { sha, before: previous } = await commitAll(copy)

    expect(copy).toMatchObject({ repository: 'someone/ledger', branch: 'main', defaultBranch: 'main' })
    expect((await git(copy.folder, 'ls-files', '-z')).split('\0').filter(Boolean).sort()).toEqual(
      ['.gitignore', 'deep/er/ü file.txt', 'kept.txt', 'new.txt'].sort(),
    )
    expect(readFileSync(join(copy.folder, 'kept.txt'), 'utf8')).toBe('as edited')
    expect(existsSync(join(copy.folder, 'debug.log'))).toBe(false)
    expect(previous).toBe(await git(source, 'rev-parse', 'HEAD'))
    expect(sha).toBe(await git(copy.folder, 'rev-parse', 'main'))
    expect(await git(source, 'status', '--porcelain')).toBe(before)
  })

  it('keeps the commit of a clean checkout', async () => {
    const source = await repository()
    const copy = await copyCheckout(source, join(tempDir(), 'copy'))
    expect((await commitAll(copy)).sha).toBe(await git(source, 'rev-parse', 'HEAD'))
  })

  it('stands on a branch although the checkout stands on a bare commit, and knows what a branch goes to', async () => {
    const source = await repository()
    const tip = await git(source, 'rev-parse', 'HEAD')
    await git(source, 'checkout', '--quiet', '-b', 'change')
    for (const n of [1, 2]) await git(source, 'commit', '--quiet', '--allow-empty', '-m', `change ${n}`)
    const copy = await copyCheckout(source, join(tempDir(), 'copy'))
    expect(copy.baseTip).toBe(tip)

    await git(source, 'checkout', '--quiet', '--detach')
    const detached = await copyCheckout(source, join(tempDir(), 'copy'))
    expect(await git(detached.folder, 'symbolic-ref', '--short', 'HEAD')).toBe('main')
  })

  it('becomes a repository when the folder is none, or is a part of another one', async () => {
    const plain = tempDir()
    write(plain, files)
    const outer = await repository()
    for (const source of [plain, join(outer, 'deep')]) {
      const copy = await copyCheckout(source, join(tempDir(), 'copy'))
      await commitAll(copy)
      expect(await git(copy.folder, 'rev-list', '--count', 'HEAD')).toBe('1')
      expect(realpathSync(await git(copy.folder, 'rev-parse', '--show-toplevel'))).toBe(
        realpathSync(copy.folder),
      )
      expect(existsSync(join(copy.folder, 'debug.log'))).toBe(false)
    }
  })

  it.each([
    ['https://github.com/a/b.git', 'a/b'],
    ['git@github.com:a/b', 'a/b'],
    ['ssh://git@host:22/a/b.git/', 'a/b'],
    [undefined, undefined],
  ])('reads the repository of %s', (origin, expected) => {
    expect(repositoryOf(origin)).toBe(expected)
  })
})
