import { spawnSync } from 'node:child_process'
import { readFileSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { tempDir, writeFiles } from '@tokenledger/testkit'
import { root } from '../../packages/tools/src/repository.ts'

const { bin, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))
const program = join(root, bin['tokenledger-actions'])

const call = (path: string, ...args: string[]) =>
  spawnSync(process.execPath, [path, ...args], { cwd: tempDir(), encoding: 'utf8' })

describe('the built command line', () => {
  it('says the version of the package, also behind the link that npm makes', () => {
    const link = join(tempDir(), 'tokenledger-actions')
    symlinkSync(program, link)
    for (const path of [program, link]) expect(call(path, '--version').stdout).toBe(`${version}\n`)
  })

  it('can be started by its name', () => {
    expect(readFileSync(program, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
    expect(spawnSync(program, ['--help'], { env: process.env, encoding: 'utf8' }).stdout).toMatch(
      /^Usage: tokenledger-actions <command>/,
    )
  })

  it('compares calls of ours with what they take, by the contract that it brings along', () => {
    const folder = tempDir()
    const steps = '[{ uses: org/tokenledger-actions/setup@v1, with: { extra: dev } }]'
    writeFiles(folder, { '.github/workflows/ci.yml': `on: push\njobs: { one: { steps: ${steps} } }\n` })
    const { status, stdout } = call(program, 'check', folder)
    expect(status).toBe(1)
    expect(stdout).toContain("error action-inputs: setup has no input 'extra'; the nearest one is 'extras'")
  })

  it('ends with 2 and no stack for a call that it does not understand', () => {
    const { status, stderr } = call(program, 'check', '--formt', 'json')
    expect(status).toBe(2)
    expect(stderr).toContain('--formt')
    expect(stderr).not.toMatch(/^\s+at /m)
  })
})
