import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitRepo, tempDir } from '@tokenledger/testkit'
import { reachablePaths } from '../../src/unaffected/links.ts'
import { readTree, type Tree } from '../../src/unaffected/tree.ts'
import { change, leftOut } from './change-in.ts'

describe('the tree of a commit', () => {
  it('has its files, links with their targets, and submodules', async () => {
    const repo = gitRepo({ 'docs/ä b.md': 'x\n', 'pkg/a.py': '' })
    symlinkSync('../docs', join(repo.path, 'pkg/help'))
    symlinkSync('/etc/hosts', join(repo.path, 'hosts'))
    symlinkSync('../elsewhere', join(repo.path, 'out'))
    repo.git('add', '--all')
    repo.git('update-index', '--add', '--cacheinfo', `160000,${repo.git('rev-parse', 'HEAD')},vendored`)
    repo.git('commit', '--quiet', '--message', 'links')
    const tree = await readTree(repo.path)
    expect(tree?.files).toEqual(['docs/ä b.md', 'pkg/a.py'])
    expect(tree?.links).toEqual(
      new Map([
        ['hosts', '..'],
        ['out', '..'],
        ['pkg/help', 'docs'],
      ]),
    )
    expect(tree?.submodules).toEqual(new Set(['vendored']))
    expect([tree?.text('docs/ä b.md'), tree?.text('gone')]).toEqual(['x\n', undefined])
  })

  it('is unknown without a repository', async () => {
    expect(await readTree(tempDir())).toBeUndefined()
  })
})

describe('a file that a link leads to', () => {
  it('is a file of the place where the link is', async () => {
    const links = { 'ledger/help': 'docs' }
    expect(await leftOut(['docs/guide.md'], { links })).toEqual(['dashboard'])
    expect((await change(['docs/guide.md'], { links })).affected.get('test')).toBe('ledger/help/guide.md')
    expect(await leftOut(['CHANGELOG.md'], { links })).toHaveLength(5)
    expect(await leftOut(['CHANGELOG.md'], { links: { 'ledger/changes.md': 'CHANGELOG.md' } })).toEqual([
      'dashboard',
    ])
  })

  it('is found over several links', () => {
    const links = new Map([
      ['a', 'docs'],
      ['pkg/b', 'a'],
    ])
    const tree: Tree = { files: [], links, submodules: new Set(), text: () => undefined }
    expect(reachablePaths(['docs/x.md'], tree)).toEqual(['docs/x.md', 'a/x.md', 'pkg/b/x.md'])
  })

  it('runs everything when links go round in circles', async () => {
    expect(await leftOut(['docs/guide.md'], { links: { 'docs/self': 'docs' } })).toEqual([])
  })
})

describe('a link or submodule that changed', () => {
  it('can be anything', async () => {
    expect(await leftOut(['docs/link.md'], { links: { 'docs/link.md': 'ledger' } })).toEqual([])
    expect(await leftOut(['docs/theme.md'], { submodules: ['docs/theme.md'] })).toEqual([])
  })
})
