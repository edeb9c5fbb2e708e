import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { findVersionSources, versionEdits } from '../../src/index.ts'
import { valueSpan } from '../../src/version-source/document-value.ts'
import { found, type ProjectFiles, readerOf } from './project-files.ts'

const MANIFEST = `{
    "name": "dashboard",
    "dependencies": { "leaf": "file:leaf" },
    "version":"0.1.0",
    "engines": { "version": "0.1.0" }
}
`
const LEAF = '{ "name": "leaf", "version": "0.1.0" }\n'

describe('package.json', () => {
  it('is edited with its indentation, and its lock in both copies, as npm itself would', () => {
    const files = { 'package.json': MANIFEST, 'leaf/package.json': LEAF }
    const locked = { ...files, ...npmLock(files) }
    expect(found(locked)).toEqual([
      'package.json package.json:4 0.1.0',
      'package-lock.json package-lock.json:3 0.1.0',
    ])
    const edited = changed(locked, '', '0.2.0rc1')
    expect(edited['package.json']).toBe(MANIFEST.replace('"version":"0.1.0"', '"version":"0.2.0-rc.1"'))
    expect(npmLock(edited)['package-lock.json']).toBe(edited['package-lock.json'])
    expect(locked['package-lock.json']).not.toBe(edited['package-lock.json'])
  })

  it('of a workspace is edited with its entry in the lock of the root', () => {
    const files = {
      'package.json': '{ "name": "root", "version": "0.1.0", "workspaces": ["leaf", "web/*"] }\n',
      'leaf/package.json': LEAF,
      'web/app/package.json': '{ "name": "app", "version": "0.1.0" }\n',
    }
    const locked = { ...files, ...npmLock(files) }
    expect(
      findVersionSources(readerOf(locked), 'web/app/').map(({ path, role }) => `${role} ${path}`),
    ).toEqual(['source web/app/package.json', 'copy package-lock.json'])
    const edited = changed(locked, 'web/app', '0.2.0')
    expect(npmLock(edited)['package-lock.json']).toBe(edited['package-lock.json'])
  })

  it('that no lock knows stands alone', () => {
    const lock = '{ "version": "0.1.0", "packages": { "": { "version": "0.1.0" } } }'
    expect(found({ 'package-lock.json': lock, 'docs/package.json': LEAF }, 'docs')).toEqual([
      'package.json docs/package.json:1 0.1.0',
    ])
  })

  it('has a version only at its top, and the last of two counts', () => {
    expect(found({ 'package.json': '{ "private": true, "engines": { "version": "1.0.0" } }' })).toEqual([])
    const twice = '{\n"version": "1.0.0",\n"version": "1.0.0"\n}'
    expect(found({ 'package.json': twice })).toEqual(['package.json package.json:3 1.0.0'])
  })

  it('keeps BOM and line ends', () => {
    const text = '\uFEFF{\r\n  "version": "1.0.0"\r\n}\r\n'
    const [source] = findVersionSources(readerOf({ 'package.json': text }), '')
    expect(source?.edit('1.1.0')).toBe(text.replace('1.0.0', '1.1.0'))
  })

  it.each(['1.2', '1.2.3.4', '1!1.2.3', '2026 01', '1.2.3.post1', '1.2.3rc1.dev1'])(
    'does not take %s',
    next => {
      const [source] = findVersionSources(readerOf({ 'package.json': LEAF }), '')
      expect(() => source?.edit(next)).toThrow(
        `${next} cannot stand in package.json: npm takes only semver (three numbers, no epoch, no post release, no development of a prerelease). Choose such a version, or remove the version from package.json.`,
      )
    },
  )

  it('is named when it is broken', () => {
    expect(() => found({ 'package.json': '{ "version": 1' })).toThrow(
      /^package\.json is not valid JSON: .*\. Correct it\.$/,
    )
  })
})

describe('package-lock.json', () => {
  it('is parsed only a few times, with thousands of packages of the same version', () => {
    const packages = Object.fromEntries(
      Array.from({ length: 3000 }, (_, index) => [`node_modules/p${index}`, { version: '0.1.0' }]),
    )
    const lock = JSON.stringify(
      { packages: { '': {}, ...packages, 'web/app': { version: '0.1.0' } } },
      null,
      2,
    )
    let parsed = 0
    const span = valueSpan(lock, ['packages', 'web/app', 'version'], text => {
      parsed += 1
      return JSON.parse(text)
    })
    expect(span?.start).toBe(lock.lastIndexOf('0.1.0'))
    expect(parsed).toBe(2)
  })
})

function changed(files: ProjectFiles, folder: string, next: string): ProjectFiles {
  const read = readerOf(files)
  const edits = versionEdits(findVersionSources(read, folder), next, read)
  return { ...files, ...Object.fromEntries(edits.map(({ path, after }) => [path, after])) }
}

/** The lock that npm writes over these files. */
function npmLock(files: ProjectFiles): { 'package-lock.json': string } {
  const folder = tempDir('npm-')
  writeFiles(folder, files)
  const options = ['--package-lock-only', '--offline', '--no-audit', '--no-fund', '--loglevel=error']
  execFileSync('npm', ['install', ...options], { cwd: folder, stdio: 'pipe' })
  return { 'package-lock.json': readFileSync(join(folder, 'package-lock.json'), 'utf8') }
}
