import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs'
import { join, relative } from 'node:path'
import { beforeEach, describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { findFiles } from '../src/index.ts'

let workspace = ''
const find = async (...patterns: string[]) =>
  (await findFiles(workspace, patterns)).map(path => relative(workspace, path))

beforeEach(() => {
  workspace = tempDir('workspace-')
  writeFiles(workspace, {
    'dist/b.whl': 'b',
    'dist/a.tar.gz': 'a',
    'dist/deep/c.whl': 'c',
    'sbom.json': '{}',
  })
})

describe('the files of a release', () => {
  it('are found by patterns, each once, sorted, folders left out', async () => {
    expect(await find('dist/*', '*.json', 'dist/*.whl')).toEqual(['dist/a.tar.gz', 'dist/b.whl', 'sbom.json'])
    expect(await find('dist/**')).toEqual(['dist/a.tar.gz', 'dist/b.whl', 'dist/deep/c.whl'])
    expect(await find('  dist/{a,b}*  ', '')).toEqual(['dist/a.tar.gz', 'dist/b.whl'])
  })

  it('may be given by an absolute path within the workspace', async () => {
    expect(await find(join(workspace, 'dist/*.whl'))).toEqual(['dist/b.whl'])
  })

  it.each([['!dist/deep'], ['! dist/deep/*.whl'], ['!**/c.whl']])('are fewer with %s', async exclusion => {
    expect(await find(exclusion, 'dist/**/*.whl')).toEqual(['dist/b.whl'])
  })

  it.each(['dist/*.zip', 'dist', 'missing/**', 'DIST/*.whl'])('are an error for %s', async pattern => {
    await expect(find('dist/*.whl', pattern)).rejects.toThrow(
      `RELEASE_NO_FILES: pattern "${pattern}" matches no file; did the job download the build artifact?`,
    )
  })

  it('are an error when all of a pattern is taken away', async () => {
    await expect(find('dist/*.whl', '!dist/b.*')).rejects.toThrow(
      'RELEASE_NO_FILES: pattern "dist/*.whl" matches only files that a line with ! takes away',
    )
  })

  it.each(['../*', 'dist/../../*', '/etc/host*', 'dist/..'])('never come from %s', async pattern => {
    await expect(find(pattern)).rejects.toThrow(
      `RELEASE_FILE_OUTSIDE: pattern "${pattern}" leaves the workspace`,
    )
  })

  it('never come through a link that leaves the workspace', async () => {
    const outside = tempDir('outside-')
    writeFileSync(join(outside, 'secret.whl'), 'secret')
    symlinkSync(join(outside, 'secret.whl'), join(workspace, 'dist/linked.whl'))
    await expect(find('dist/*.whl')).rejects.toThrow('RELEASE_FILE_OUTSIDE: dist/linked.whl is a link to')
    symlinkSync(outside, join(workspace, 'linked'))
    await expect(find('linked/*.whl')).rejects.toThrow('RELEASE_FILE_OUTSIDE: linked/secret.whl is a link to')
  })

  it('may come through a link that stays in it, also when the workspace itself is behind one', async () => {
    symlinkSync(join(workspace, 'dist/b.whl'), join(workspace, 'latest.whl'))
    const link = join(tempDir('link-'), 'workspace')
    symlinkSync(workspace, link)
    expect(await findFiles(link, ['latest.whl'])).toEqual([join(link, 'latest.whl')])
  })

  it('name a link that leads nowhere', async () => {
    mkdirSync(join(workspace, 'out'))
    symlinkSync(join(workspace, 'gone'), join(workspace, 'out/dangling.whl'))
    await expect(find('out/*.whl')).rejects.toThrow(
      'RELEASE_FILE_UNREADABLE: out/dangling.whl is a link to a file that is not there; remove the link',
    )
  })
})
