import { existsSync, readFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { commands, type Terminal } from '@tokenledger/cli'
import { tempDir } from '@tokenledger/testkit'
import { readArguments } from '../../packages/local-run/src/arguments.ts'
import { root } from './yaml-files.ts'

const page = readFileSync(join(root, 'docs/command-line.md'), 'utf8')
const words = Object.keys(commands)
const usageOf = async (word: string) => (await commands[word]?.())?.usage ?? ''

/** The options that a usage explains, each with a value where it takes one. */
function optionsIn(usage: string): string[][] {
  const explained = [...usage.matchAll(/^ {2}(--[\w-]+)(?: ([A-Z][\w/@=-]*))?/gm)]
  return explained.map(([, name = '', placeholder]) => {
    const takesValue = placeholder ?? new RegExp(`\\[${name} [^\\]]+\\]`).exec(usage)
    return takesValue ? [name, 'push'] : [name]
  })
}

/** What a call with these arguments says that it does not understand. */
async function misunderstood(word: string, args: readonly string[]): Promise<string> {
  const terminal: Terminal = {
    print: () => {},
    say: () => {},
    ask: async () => false,
    cwd: tempDir(),
    env: {},
  }
  try {
    // `run` hands its arguments on to a program of its own.
    if (word === 'run') readArguments(args)
    else await (await commands[word]?.())?.run(args, terminal)
    return ''
  } catch (error) {
    return String(error)
  }
}

describe('docs/command-line.md', () => {
  it('has a part for every command, and no other', () => {
    expect([...page.matchAll(/^## (.+)$/gm)].map(match => match[1]).sort()).toEqual([...words].sort())
    expect([...page.matchAll(/^\| \[`(\w+)`\]/gm)].map(match => match[1]).sort()).toEqual([...words].sort())
  })

  it('gives in its examples only commands and options that there are', async () => {
    const calls = [...page.matchAll(/^\$ (?:npx \S+|node \S+|npm run) (\w+)(.*)/gm)]
    expect(calls.length).toBeGreaterThan(8)
    for (const [line, word = '', rest = ''] of calls) {
      const usage = await usageOf(word === 'ci' ? 'run' : word)
      const options = rest.replace(/ #.*/, '').match(/--[a-z][\w-]*/g) ?? []
      expect([line, options.filter(option => !usage.includes(option))]).toEqual([line, []])
    }
  })

  it('links to pages that are there, and is linked from the README', () => {
    const links = [...page.matchAll(/\]\(([^)#]+)/g)].map(match => match[1] ?? '')
    expect(links.filter(link => !existsSync(join(root, posix.join('docs', link))))).toEqual([])
    expect(readFileSync(join(root, 'README.md'), 'utf8')).toContain('(docs/command-line.md)')
  })
})

describe.each(words)('the usage of %s', word => {
  it('explains its arguments and its exit codes', async () => {
    const usage = await usageOf(word)
    expect(usage).toMatch(/^Exit codes: 0 [\s\S]*1 /m)
    const [synopsis = '', ...lines] = usage.split('\n')
    const named = synopsis.match(/--[\w-]+/g) ?? []
    expect(named.filter(name => !lines.some(line => line.startsWith(`  ${name}`)))).toEqual([])
  })

  it('names options that the command knows, and it knows no other', async () => {
    for (const option of optionsIn(await usageOf(word))) {
      const said = await misunderstood(word, [...option, '--no-such-option'])
      expect([option, said]).toEqual([option, expect.stringContaining("'--no-such-option'")])
    }
  })
})
