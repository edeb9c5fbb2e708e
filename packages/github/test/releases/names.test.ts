import { describe, expect, it } from '@jest/globals'
import { nextVersionText } from '../../src/releases/next-version-text.ts'
import { assetFinder, demandOwnNames, storedName } from '../../src/releases/stored-name.ts'

describe('GitHub stores', () => {
  it.each([
    ['tokenledger-1.2.3-py3-none-any.whl', 'tokenledger-1.2.3-py3-none-any.whl'],
    ['tokenledger-1.2.3+cpu-py3-none-any.whl', 'tokenledger-1.2.3+cpu-py3-none-any.whl'],
    ['release notes (full).md', 'release.notes.full.md'],
    ['Prüfsummen.txt', 'Prufsummen.txt'],
    ['.env', 'default.env'],
    ['日本.txt', 'default.txt'],
    ['SHA256SUMS', 'SHA256SUMS'],
    ['a..b.', 'a.b'],
  ])('%s as %s', (name, stored) => {
    expect(storedName(name)).toBe(stored)
  })
})

describe('the asset of a file is', () => {
  const digest = 'sha256:aa'
  const other = 'sha256:bb'
  const find = assetFinder([{ name: 'my file.txt' }, { name: 'a.whl' }])

  it('that of its name before that of the name that GitHub makes of it', () => {
    const assets = [
      { name: 'my.file.txt', digest },
      { name: 'my file.txt', digest: other },
    ]
    expect(find(assets, { name: 'my file.txt', digest })).toBe(assets[1])
    expect(find(assets.slice(0, 1), { name: 'my file.txt', digest: other })).toBe(assets[0])
  })

  it('one of the same bytes where GitHub renamed it in its own way', () => {
    const assets = [
      { name: 'a.whl', digest },
      { name: 'my-file.txt', digest },
    ]
    expect(find(assets, { name: 'my file.txt', digest })).toBe(assets[1])
  })

  it('never one of the same bytes for a name that GitHub leaves', () => {
    expect(find([{ name: 'b.whl', digest }], { name: 'a.whl', digest })).toBeUndefined()
  })
})

describe('two files', () => {
  it('that GitHub would store under one name are refused', () => {
    expect(() => demandOwnNames(['a.whl', 'x y.txt', 'x.y.txt'])).toThrow(
      'RELEASE_SAME_NAME: GitHub stores x y.txt and x.y.txt both as x.y.txt; rename one of them',
    )
  })
})

describe('the version after a burned tag', () => {
  it.each([
    ['v1.2.3', '1.2.4'],
    ['1.2.9', '1.2.10'],
    ['v1.2.3rc1', '1.2.3rc2'],
    ['v1.2.3-rc.1', '1.2.3-rc.2'],
    ['core-v1.0.0', '1.0.1'],
    ['py3-v0.9', '0.10'],
    ['release/2024.12.31', '2024.12.32'],
  ])('%s is %s', (tag, next) => {
    expect(nextVersionText(tag)).toBe(next)
  })
})
