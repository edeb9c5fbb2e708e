import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { gitAt } from '@tokenledger/kit'
import { gitRepo, removeDir, tempDir } from '@tokenledger/testkit'
import { type DriftScan, scanDrift } from '../../src/drift/scan-drift.ts'
import { isScanned } from '../../src/drift/scanned-path.ts'
import { trackedFiles } from '../../src/drift/tracked-files.ts'
import { parseVersion } from '../../src/version.ts'

const filesOf = (root: string) => trackedFiles(gitAt(root, { serverUrl: 'https://github.com' }))

async function scan(root: string, more: Partial<DriftScan> = {}): Promise<string[]> {
  const current = parseVersion('0.1.1')
  if (!current) throw new Error('no version')
  const places = scanDrift({ root, paths: await filesOf(root), current, ...more })
  return places.map(({ path, line }) => `${path}:${line}`)
}

const STALE = 'version = "0.1.1"\n'

describe('scanDrift', () => {
  it('names path and line of what a bump leaves behind in a project', async () => {
    const { path } = gitRepo({
      'tokenledger/__init__.py': '"""Costs."""\n\n__version__ = "0.1.1"\n',
      'tokenledger/server.py': 'app = FastAPI(\n    title="TokenLedger",\n    version="0.1.0",\n)\n',
      'dashboard/package.json': '{\n  "name": "dashboard",\n  "version": "0.1.0"\n}\n',
      'tests/test_server.py': 'def test_health():\n    assert get("/")["version"] == "0.1.0"\n',
      'CHANGELOG.md': '## [0.1.0]\n\nversion 0.1.0\n',
      'uv.lock': '[[package]]\nname = "x"\nversion = "0.1.0"\n',
    })
    const planned = new Map([['tokenledger/__init__.py', '"""Costs."""\n\n__version__ = "0.2.0"\n']])
    expect(await scan(path, { planned })).toEqual([
      'dashboard/package.json:3',
      'tests/test_server.py:2',
      'tokenledger/server.py:3',
    ])
  })

  it('looks at the text that a file is going to have', async () => {
    const { path } = gitRepo({ 'a.py': STALE })
    expect(await scan(path)).toEqual(['a.py:1'])
    expect(await scan(path, { planned: new Map([['a.py', `x\n${STALE}`]]) })).toEqual(['a.py:2'])
  })

  it('passes over files that are not tracked, links, binary, large and deleted ones', async () => {
    const { path, git, commit } = gitRepo({
      'binary.dat': `${STALE}\0`,
      'large.txt': STALE + ' '.repeat(600_000),
      'gone.txt': STALE,
      'target.txt': 'nothing',
      'dir é/text file.txt': STALE,
    })
    symlinkSync('dir é/text file.txt', join(path, 'link.txt'))
    commit({})
    removeDir(join(path, 'gone.txt'))
    git('rm', '--quiet', '--cached', 'target.txt')
    expect(await filesOf(path)).not.toContain('link.txt')
    expect(await scan(path)).toEqual(['dir é/text file.txt:1'])
    symlinkSync('dir é/text file.txt', join(path, 'now-a-link'))
    expect(await scan(path, { paths: ['now-a-link', 'target.txt'] })).toEqual([])
  })

  it('fails outside of a repository', async () => {
    await expect(filesOf(tempDir())).rejects.toThrow('git cannot list the tracked files')
  })
})

describe('isScanned', () => {
  it.each([
    ...['uv.lock', 'dashboard/package-lock.json', 'pnpm-lock.yaml', 'requirements-dev.txt', 'CHANGELOG.md'],
    ...['docs/changelog.rst', 'CHANGES', 'HISTORY.md', 'NEWS.txt', 'changelog.d/12.md', '.changeset/a.md'],
    ...['web/node_modules/a.js', 'app.min.js', 'dist/index.js', 'logo.svg'],
  ])('leaves out %s', path => expect(isScanned(path)).toBe(false))

  it.each([
    ...['pyproject.toml', 'package.json', 'src/history.py', 'docs/install.md', 'Dockerfile', 'news/index.py'],
    ...['blocks.py', 'distribute.py', 'lock.py'],
  ])('takes %s', path => expect(isScanned(path)).toBe(true))
})
