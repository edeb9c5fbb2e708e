import { cpSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from '@jest/globals'
import { tempDir } from '@tokenledger/testkit'
import { init } from '../../src/init/command.ts'
import { runCheck } from './checking.ts'

const example = fileURLToPath(new URL('../../../../examples/tokenledger', import.meta.url))

describe('what init writes', () => {
  it('has nothing that check finds, not even a warning', async () => {
    const folder = join(tempDir('project-'), 'tokenledger')
    cpSync(example, folder, { recursive: true, filter: path => !/node_modules|\.venv/.test(path) })
    for (const path of ['.github', 'cliff.toml']) rmSync(join(folder, path), { recursive: true })
    const quiet = { cwd: folder, env: {}, print: () => {}, say: () => {}, ask: async () => false }
    expect(await init.run(['--yes'], quiet)).toBe(0)
    expect(await runCheck(folder, '--strict')).toEqual({ code: 0, printed: 'Nothing found.', said: '' })
  })
})
