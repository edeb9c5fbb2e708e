import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { pathWithUv } from '../../../../action-tests/contracts/uv.ts'
import { findVersionSources, versionEdits } from '../../src/index.ts'
import { found, type ProjectFiles, readerOf } from './project-files.ts'

const MEMBER = '[project]\nname = "Token_Ledger"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n'

describe('uv.lock', () => {
  it('follows a static version, so that uv finds it current', () => {
    const locked = uvLock({ 'pyproject.toml': MEMBER })
    expect(found(locked)).toEqual([
      'project pyproject.toml:3 0.1.0',
      expect.stringMatching(/^uv\.lock uv\.lock:\d+ 0\.1\.0$/),
    ])
    const edited = changed(locked, '', '0.2.0-rc.1')
    expect(isCurrent(edited)).toBe(true)
    expect(edited['uv.lock']).toBe(locked['uv.lock']?.replace('version = "0.1.0"', 'version = "0.2.0rc1"'))
    expect(isCurrent({ ...edited, 'uv.lock': locked['uv.lock'] ?? '' })).toBe(false)
  })

  it('has no version of a project whose version is dynamic', () => {
    const build = '[build-system]\nrequires = []\nbuild-backend = "hatchling.build"\n'
    const dynamic = `${MEMBER.replace('version = "0.1.0"', 'dynamic = ["version"]')}[tool.hatch.version]\npath = "a.py"\n${build}`
    const lock =
      '[[package]]\nname = "token-ledger"\nsource = { editable = "." }\n\n[[package]]\nname = "x"\nversion = "0.1.0"\nsource = { editable = "." }\n'
    expect(found({ 'pyproject.toml': dynamic, 'a.py': '__version__ = "0.1.0"', 'uv.lock': lock })).toEqual([
      'hatch a.py:1 0.1.0',
    ])
  })

  it('of a workspace follows the member alone', () => {
    const files = uvLock({
      'pyproject.toml':
        '[project]\nname = "root"\nversion = "0.1.0"\nrequires-python = ">=3.11"\n[tool.uv.workspace]\nmembers = ["packages/*"]\n',
      'packages/core/pyproject.toml': MEMBER,
      'packages/other/pyproject.toml': MEMBER.replace('Token_Ledger', 'other'),
    })
    const edited = changed(files, 'packages/core', '0.2.0')
    expect(isCurrent(edited)).toBe(true)
    expect(Object.keys(files).filter(path => files[path] !== edited[path])).toEqual([
      'packages/core/pyproject.toml',
      'uv.lock',
    ])
  })

  it('is left alone where the package of this name is another one', () => {
    const lock = '[[package]]\nname = "token-ledger"\nversion = "0.1.0"\nsource = { editable = "other" }\n'
    expect(found({ 'packages/core/pyproject.toml': MEMBER, 'uv.lock': lock }, 'packages/core')).toEqual([
      'project packages/core/pyproject.toml:3 0.1.0',
    ])
  })

  it('is left alone where a package of the same name comes from an index', () => {
    const lock =
      '[[package]]\nname = "token-ledger"\nversion = "0.1.0"\nsource = { registry = "https://index.example" }\n'
    expect(found({ 'pyproject.toml': MEMBER, 'uv.lock': lock })).toEqual(['project pyproject.toml:3 0.1.0'])
  })
})

function changed(files: ProjectFiles, folder: string, next: string): ProjectFiles {
  const read = readerOf(files)
  const edits = versionEdits(findVersionSources(read, folder), next, read)
  return { ...files, ...Object.fromEntries(edits.map(({ path, after }) => [path, after])) }
}

function uvLock(files: ProjectFiles): ProjectFiles {
  const folder = tempDir('uv-')
  writeFiles(folder, files)
  expect(uv(folder, 'lock')).toBe(0)
  return { ...files, 'uv.lock': readFileSync(join(folder, 'uv.lock'), 'utf8') }
}

function isCurrent(files: ProjectFiles): boolean {
  const folder = tempDir('uv-')
  writeFiles(folder, files)
  return uv(folder, 'lock', '--check') === 0
}

function uv(folder: string, ...args: readonly string[]): number | null {
  const env = { ...process.env, PATH: pathWithUv(), VIRTUAL_ENV: '' }
  return spawnSync('uv', [...args, '--offline', '--no-config'], { cwd: folder, env, stdio: 'pipe' }).status
}
