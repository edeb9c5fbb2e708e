import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import type { Files } from '@tokenledger/testkit'
import { adopter, lineOn, runInit, strippedExample, textOf } from './adopters.ts'

async function after(path: string, files: Files) {
  const folder = adopter(files)
  const line = lineOn(path, await runInit(folder))
  return { line, text: textOf(folder, path), folder }
}

const START = '<!-- tokenledger-actions:releases -->'
const END = '<!-- /tokenledger-actions:releases -->'

describe('the guide for contributors', () => {
  it('gets its part at the end, and keeps the rest', async () => {
    const guide = '# How to help\n\nAsk first.\n'
    const { text } = await after('docs/CONTRIBUTING.md', { 'docs/CONTRIBUTING.md': guide })
    expect(text.startsWith(`${guide}\n${START}\n## Releases\n`)).toBe(true)
    expect(text.endsWith(`\n${END}\n`)).toBe(true)
  })

  it('has what stands between the markers brought up to date, in its own line ends', async () => {
    const guide = `# A\r\n\r\n${START}\r\nold\r\n${END}\r\n\r\n## Mine\r\n`
    const { text } = await after('CONTRIBUTING.md', { 'CONTRIBUTING.md': guide })
    expect(text).toContain(`# A\r\n\r\n${START}\r\n## Releases\r\n`)
    expect(text.endsWith(`${END}\r\n\r\n## Mine\r\n`)).toBe(true)
    expect(text).not.toContain('old')
  })

  it.each([
    [
      'has its own words on releases',
      '# A\n\n## Releasing a version\n\nBy hand.\n',
      'a part of its own on releases: "## Releasing a version"',
    ],
    ['has one marker alone', `# A\n\n${START}\n`, `one line "${END}"`],
    ['has them the wrong way round', `${END}\n${START}\n`, `one line "${END}"`],
  ])('is left when it %s', async (_, guide, reason) => {
    const { text, line } = await after('CONTRIBUTING.md', { 'CONTRIBUTING.md': guide })
    expect(text).toBe(guide)
    expect(line).toMatch(/^left /)
    expect(line).toContain(reason)
  })
})

describe('a guide that is no Markdown', () => {
  it('is left, and gets none beside it', async () => {
    const { line, folder } = await after('CONTRIBUTING.rst', { 'CONTRIBUTING.rst': 'Ask.\n' })
    expect(line).toMatch(/^left CONTRIBUTING\.rst it is no Markdown/)
    expect(existsSync(join(folder, 'CONTRIBUTING.md'))).toBe(false)
  })
})

describe('the README', () => {
  it('gets its badges behind the title', async () => {
    const { text } = await after('README.md', { 'README.md': '# Ledger\nText at once.\n' })
    expect(text).toMatch(/^# Ledger\n\n<!-- tokenledger-actions:badges -->\n\[!\[CI\]/)
    expect(text).toMatch(/<!-- \/tokenledger-actions:badges -->\n\nText at once\.\n$/)
  })

  it('gets them behind a title that is underlined', async () => {
    const { text } = await after('README.md', {})
    expect(text).toMatch(/^Flat ledger\n=+\n\n<!-- tokenledger-actions:badges -->\n/)
  })

  it('is left when it has badges of its own, and told where ours would go', async () => {
    const readme = '# Ledger\n\n![build](https://example.com/badge.svg)\n'
    const { text, line } = await after('README.md', { 'README.md': readme })
    expect(text).toBe(readme)
    expect(line).toContain('it has badges of its own; put the lines <!-- tokenledger-actions:badges -->')
  })
})

describe('CODEOWNERS', () => {
  it('stays where there is one', async () => {
    const { line } = await after('docs/CODEOWNERS', { 'docs/CODEOWNERS': '* @somebody\n' })
    expect(line).toMatch(/^current /)
  })

  it('is not guessed where the repository is not on GitHub', async () => {
    expect(lineOn('CODEOWNERS', await runInit(strippedExample()))).toBe(
      'left CODEOWNERS no owner is known: the remote "origin" is not on GitHub',
    )
  })
})
