import { afterEach, describe, expect, it } from '@jest/globals'
import type { Terminal } from '../src/command.ts'
import { commands } from '../src/commands.ts'
import { main } from '../src/main.ts'

const printed: string[] = []
const said: string[] = []
const terminal: Terminal = {
  print: text => void printed.push(text),
  say: text => void said.push(text),
  ask: async () => false,
  cwd: '/',
  env: {},
}
const call = (...args: string[]) => main(args, terminal, '1.2.3')

afterEach(() => {
  printed.length = 0
  said.length = 0
})

describe('the command line', () => {
  it.each([[], ['--help'], ['-h'], ['help']])('lists every command for %j', async (...args) => {
    expect(await call(...args)).toBe(0)
    for (const word of Object.keys(commands)) expect(printed[0]).toMatch(new RegExp(`^  ${word} +\\w`, 'm'))
  })

  it('says its version', async () => {
    expect(await call('--version')).toBe(0)
    expect(printed).toEqual(['1.2.3'])
  })

  it.each(['chekc', 'constructor'])('does not know %s, lists what there is, and ends with 2', async word => {
    expect(await call(word)).toBe(2)
    expect(said[0]).toContain(`There is no command "${word}".`)
    expect(said[0]).toContain('Usage: tokenledger-actions <command>')
  })

  it('explains a command', async () => {
    expect(await call('run', '--help')).toBe(0)
    expect(printed[0]).toMatch(/^tokenledger-actions run \[--repo PATH\]/)
  })
})
