import { spawnSync } from 'node:child_process'
import { gunzipSync, gzipSync } from 'node:zlib'
import { describe, expect, it } from '@jest/globals'
import { root } from './tracked-files.ts'

const LARGEST_ARCHIVE = 2_000_000

describe('the archive that every job of a caller downloads', () => {
  const { stdout: tar } = spawnSync('git', ['archive', '--worktree-attributes', 'HEAD'], {
    cwd: root,
    maxBuffer: 256 * 1024 * 1024,
  })

  it(`is smaller than ${LARGEST_ARCHIVE} bytes`, () => {
    const { length } = gzipSync(tar, { level: 9 })
    expect(gunzipSync(gzipSync(tar)).length).toBeGreaterThan(100_000)
    expect(length).toBeLessThan(LARGEST_ARCHIVE)
  })

  it('holds the bundle and leaves sources and tests out', () => {
    const names = spawnSync('tar', ['--list'], { input: tar, encoding: 'utf8' }).stdout.split('\n')
    expect(names).toContain('dist/actions/index.js')
    expect(
      names.filter(name => /^(?:packages|action-tests|examples|actions\/[^/]+\/src)\//.test(name)),
    ).toEqual([])
  })
})
