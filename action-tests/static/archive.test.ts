import { spawnSync } from 'node:child_process'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { engineFiles } from '../../packages/cli/src/run/engine-files.ts'
import { lockedFiles } from '../../packages/cli/src/run/locked-files.ts'
import { root } from './tracked-files.ts'

const LARGEST_ARCHIVE = 2_000_000

const archive = spawnSync('git', ['archive', '--worktree-attributes', 'HEAD'], {
  cwd: root,
  maxBuffer: 256 * 1024 * 1024,
}).stdout

/** What `npx github:…` gets: npm takes GitHub's archive and then what package.json names. */
const inArchive = spawnSync('tar', ['--list'], { input: archive, encoding: 'utf8' })
  .stdout.split('\n')
  .filter(name => name !== '' && !name.endsWith('/'))

function inPackage(): string[] {
  const { stdout } = spawnSync('npm', ['pack', '--dry-run', '--json'], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64 * 1024 * 1024,
    shell: process.platform === 'win32',
  })
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }]
  return files.map(({ path }) => path)
}

describe('the archive that every job of a caller downloads', () => {
  it(`is smaller than ${LARGEST_ARCHIVE} bytes`, () => {
    const { length } = gzipSync(archive, { level: 9 })
    expect(gunzipSync(gzipSync(archive)).length).toBeGreaterThan(100_000)
    expect(length).toBeLessThan(LARGEST_ARCHIVE)
  })

  it('holds the bundle, and of sources only those of the engine of run', () => {
    expect(inArchive).toContain('dist/actions/index.js')
    const needed = engineFiles(root, 20)
    const sources =
      /^(?:packages|action-tests|examples|docs|actions\/[^/]+\/(?:src|test))\/|package(?:-lock)?\.json$/
    const others = inArchive.filter(
      name => sources.test(name) && (!needed.has(name) || /\/test\//.test(name)),
    )
    expect(others.filter(name => !/^(?:dist\/.*\/)?package\.json$/.test(name))).toEqual([])
  })

  it('makes npm install nothing before it packs: there is no workspace in it', () => {
    expect(inArchive.filter(name => /^(?:packages|actions)\/[^/]+\/package\.json$/.test(name))).toEqual([])
  })
})

describe('what run needs outside a clone', () => {
  const made = lockedFiles(root, 20)
  const needed = [...engineFiles(root, 20).keys()].filter(path => !made.has(path))
  // A clone also has what the archive and the package leave out.
  const shipped = needed.filter(
    path => !/^dist\/|\/test\/|^actions\/[^/]+\/(?:src\/|package\.json)|^actions\/start\.ts$/.test(path),
  )

  it('is in the archive', () => {
    expect(shipped.filter(path => !inArchive.includes(path) && !path.startsWith('.github/'))).toEqual([])
  })

  it('is in the package that npm packs', () => {
    const packed = inPackage()
    expect(shipped.filter(path => !packed.includes(path))).toEqual([])
    expect(packed.filter(path => !inArchive.includes(path) && !path.startsWith('dist/'))).toEqual([])
  })
})
