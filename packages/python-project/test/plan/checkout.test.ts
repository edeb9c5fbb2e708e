import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { findUpwards, readCheckout } from '../../src/plan/checkout.ts'
import { parseIni } from '../../src/plan/ini.ts'

describe('a checkout', () => {
  it('lists files by depth and name, and stays out of what is not the project', () => {
    const directory = tempDir()
    writeFiles(directory, {
      'b.py': '',
      'a/z.py': '',
      'Überblick/ä ö.py': '',
      '.nvmrc': '',
      '.git/config': '',
      'node_modules/x/index.js': '',
      'dist/x.whl': '',
      'my-env/pyvenv.cfg': '',
      'my-env/lib/x.py': '',
      'a/b/c/d/e/f/g/h/too-deep.py': '',
    })
    symlinkSync(directory, join(directory, 'a', 'loop'))
    const { files, truncated } = readCheckout(directory)
    expect(files).toEqual(['.nvmrc', 'b.py', 'a/z.py', 'Überblick/ä ö.py'])
    expect(truncated).toBe(true)
  })

  it('reads text without byte order mark and with plain line ends', () => {
    const directory = tempDir()
    writeFiles(directory, { 'a.txt': '\uFEFFone\r\ntwo\r\n', big: 'x'.repeat(600_000) })
    const { text } = readCheckout(directory)
    expect(text('a.txt')).toBe('one\ntwo\n')
    expect(text('big')).toBeUndefined()
    expect(text('none')).toBeUndefined()
  })

  it('lists a large checkout in less than a tenth of a second', () => {
    const directory = tempDir()
    const files = Array.from({ length: 2000 }, (_, i) => [`p${i % 50}/m${i}.py`, ''])
    writeFiles(directory, Object.fromEntries(files))
    // The best of three: the computer does other things too.
    const times = [1, 2, 3].map(() => {
      const started = performance.now()
      expect(readCheckout(directory).files).toHaveLength(2000)
      return performance.now() - started
    })
    expect(Math.min(...times)).toBeLessThan(100)
  })

  it('looks above for what a workspace shares, but not above the workspace', () => {
    const workspace = tempDir()
    const member = join(workspace, 'packages', 'a')
    mkdirSync(member, { recursive: true })
    writeFiles(workspace, { 'uv.lock': '' })
    expect(findUpwards(member, workspace, 'uv.lock')).toBe('../../uv.lock')
    expect(findUpwards(workspace, workspace, 'uv.lock')).toBe('uv.lock')
    expect(findUpwards(member, join(workspace, 'packages'), 'uv.lock')).toBeUndefined()
  })
})

describe('parseIni', () => {
  it('reads sections, continuation lines and comments as configparser does', () => {
    const ini = parseIni('top = lost\n[a]\n; note\nKey: one\n  two\n\n[b c]\nempty =\n    x\n    y\n# end\n')
    expect(Object.fromEntries(ini.get('a') ?? [])).toEqual({ key: 'one\ntwo' })
    expect(ini.get('b c')?.get('empty')).toBe('x\ny')
  })
})
