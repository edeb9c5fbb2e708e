import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { adopter, lineOn, runInit, textOf } from './adopters.ts'

const PATH = '.github/dependabot.yml'

async function after(text: string, path = PATH) {
  const folder = adopter({ [path]: text })
  const line = lineOn(path, await runInit(folder))
  return { line, text: textOf(folder, path) }
}

const names = (text: string) =>
  parse(text).updates.map((entry: Record<string, string>) => entry['package-ecosystem'])

describe('dependabot.yml', () => {
  it('gets what it lacks behind the entries that are there, which stay as they are', async () => {
    const before = `# ours
version: 2
updates:
    # by hand
    - package-ecosystem: "pip"   # Python
      directory: /
      schedule: { interval: daily }

# the registries
registries: {}
`
    const { text } = await after(before)
    expect(names(text)).toEqual(['pip', 'github-actions'])
    expect(text.split('\n').filter(line => !before.split('\n').includes(line))).toEqual([
      '    - package-ecosystem: github-actions',
      '      schedule:',
      '        interval: weekly',
      '      cooldown:',
      '        default-days: 7',
    ])
    expect(parse(text)).toMatchObject({ registries: {} })
  })

  it('is known under its other name, with folders as a pattern, and lists that are not indented', async () => {
    const lines = [
      'version: 2',
      'updates:',
      '- package-ecosystem: uv',
      '  directory: .',
      '- package-ecosystem: npm',
    ]
    const before = [...lines, '  directories: ["/web/*"]'].join('\r\n')
    const folder = adopter({
      '.github/dependabot.yaml': before,
      'web/page/package.json': '{ "scripts": { "build": "vite build" } }',
    })
    await runInit(folder)
    const text = textOf(folder, '.github/dependabot.yaml')
    expect(text.startsWith(`${before}\r\n- package-ecosystem: github-actions\r\n  directory: /\r\n`)).toBe(
      true,
    )
    expect(names(text)).toEqual(['uv', 'npm', 'github-actions'])
    expect(text.replaceAll('\r\n', '')).not.toContain('\n')
  })

  it.each([
    ['its list is on one line', 'version: 2\nupdates: []\n'],
    ['it has no list', 'version: 2\n'],
    ['it is no YAML', 'version: [\n'],
    ['it is a list itself', '- a\n'],
  ])('is left when %s', async (_, before) => {
    const { text, line } = await after(before)
    expect(text).toBe(before)
    expect(line).toContain(`left ${PATH} add by hand: github-actions in /, pip in /`)
  })

  it('is left when a value of its last entry would become another', async () => {
    const before =
      'version: 2\nupdates:\n- package-ecosystem: pip\n  directory: /\n  target-branch: |+\n    main\n\n\n'
    const { text, line } = await after(before)
    expect(text).toBe(before)
    expect(line).toContain(`left ${PATH} add by hand: github-actions in /`)
  })

  it('is left as it is when nothing lacks', async () => {
    const before = `version: 2\nupdates: [{package-ecosystem: pip, directory: "/"}, {package-ecosystem: github-actions, directory: "/"}]\n`
    expect(await after(before)).toEqual({
      text: before,
      line: `current ${PATH} has github-actions in /, pip in /`,
    })
  })
})
