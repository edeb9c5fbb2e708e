import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { UserError } from '@tokenledger/kit'
import { checkout, runCheck } from './checking.ts'

const job = (steps: string) => `on: push\npermissions: {}\njobs:\n  one:\n${steps}    steps: []\n`
const warned = () => checkout({ '.github/workflows/ci.yml': job('') })
const clean = () => checkout({ '.github/workflows/ci.yml': job('    timeout-minutes: 5\n') })

describe('the exit code', () => {
  it('is 0 when nothing is found, and for warnings alone', async () => {
    expect(await runCheck(clean())).toMatchObject({ code: 0, printed: 'Nothing found.' })
    expect(await runCheck(warned())).toMatchObject({ code: 0 })
  })

  it('is 1 for warnings with --strict', async () => {
    expect(await runCheck(warned(), '--strict')).toMatchObject({ code: 1 })
  })

  it('is the same in every format', async () => {
    for (const format of ['text', 'json', 'sarif'])
      expect(await runCheck(warned(), '--strict', '--format', format)).toMatchObject({ code: 1 })
  })
})

describe('a call that is not understood', () => {
  it.each([
    [['--format', 'xml'], "--format: 'xml' is not one of text, json, sarif."],
    [['--colour'], "Unknown option '--colour'"],
    [['one', 'two'], 'check looks at one folder, but got one, two.'],
  ])('is told with the usage: %j', async (args, message) => {
    await expect(runCheck(clean(), ...args)).rejects.toThrow(message)
    await expect(runCheck(clean(), ...args)).rejects.toThrow('Exit codes: 0 nothing that is an error')
    await expect(runCheck(clean(), ...args)).rejects.toThrow(UserError)
  })

  it('names a folder that is there', async () => {
    const folder = clean()
    await expect(runCheck(folder, 'none')).rejects.toThrow(`${join(folder, 'none')} is no folder.`)
  })

  it('has TOML that can be parsed', async () => {
    await expect(runCheck(checkout({ 'cliff.toml': '[git\n' }))).rejects.toThrow(
      /^cliff\.toml:1:5: not valid TOML/,
    )
  })
})

describe('what is told beside the findings', () => {
  it('is that nothing proposes updates', async () => {
    expect((await runCheck(clean())).said).toContain('There is no .github/dependabot.yml')
  })

  it('is nothing with Dependabot or Renovate', async () => {
    const files = { '.github/workflows/ci.yml': job('    timeout-minutes: 5\n') }
    expect((await runCheck(checkout({ ...files, 'renovate.json': '{}' }))).said).toBe('')
  })

  it('is that there are no workflows', async () => {
    expect(await runCheck(checkout({ 'README.md': '' }))).toMatchObject({
      code: 0,
      said: expect.stringContaining('no workflow'),
    })
  })
})

describe('the path', () => {
  it('is relative to where the command was started, and findings to the checkout', async () => {
    const folder = checkout({ 'inner/.github/workflows/ci.yml': job('') })
    expect((await runCheck(folder, 'inner')).printed).toMatch(
      /^\.github\/workflows\/ci\.yml:4:3 warning missing-timeout/,
    )
  })
})
