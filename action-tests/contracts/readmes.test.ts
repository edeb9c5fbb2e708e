import { existsSync, readFileSync } from 'node:fs'
import { dirname, join, posix } from 'node:path'
import { describe, expect, it } from '@jest/globals'
import { parse } from 'yaml'
import { type Action, actions, root, type Step } from './yaml-files.ts'

describe("every action's README", () => {
  const pages = actions().map(({ path, content }) => {
    const file = join(dirname(path), 'README.md')
    return [file, readFileSync(join(root, file), 'utf8'), content] as const
  })

  it.each(pages)(
    '%s says what it is for, how it is called and what it may do, before its tables',
    (_, text) => {
      const head = text.slice(0, text.indexOf('\n## Inputs\n'))
      expect(head).toMatch(/^# [a-z-]+\n\n[A-Z]/)
      expect(head).toMatch(/uses: org\/tokenledger-actions\//)
      expect(head).toContain('**Permissions**')
    },
  )

  it.each(pages)('%s gives no input that the action does not have', (file, text, content) => {
    const name = file.split('/')[1]
    const steps = [...text.matchAll(/^```yaml\n([\s\S]*?)^```/gm)].flatMap(([, yaml]) =>
      stepsOf(parse(yaml ?? '')),
    )
    const own = steps.filter(({ uses = '' }) => uses.includes(`/actions/${name}@`) || isAlias(uses, name))
    expect(own.length).toBeGreaterThan(0)
    const given = own.flatMap(step => Object.keys(step.with ?? {}))
    expect(given.filter(input => !(input in ((content as Action).inputs ?? {})))).toEqual([])
  })

  // The gate looks at results alone.
  const onFiles = pages.filter(([file]) => file !== 'actions/gate/README.md')
  it.each(onFiles)('%s begins its first example with the checkout that the action works in', (_, text) => {
    const first = stepsOf(parse(/^```yaml\n([\s\S]*?)^```/m.exec(text)?.[1] ?? '')).find(step => step?.uses)
    expect(first?.uses).toMatch(/^actions\/checkout@[0-9a-f]{40}$/)
  })

  it.each(pages)('%s has a remedy for each error, and says what it does better than others', (_, text) => {
    const [errors = [], compared = []] = [/^(When it fails|Errors)/, /^Compared with /].map(heading => {
      const section = text.split(/^## /m).find(part => heading.test(part)) ?? ''
      return section.split('\n').filter(line => line.startsWith('|'))
    })
    expect(errors[0]).toMatch(/remedy|what to do/)
    expect(errors.length).toBeGreaterThan(6)
    expect(errors.filter(row => /\|\s*\|/.test(row))).toEqual([])
    expect(compared[0]).toContain('this action')
    expect(compared.length).toBeGreaterThan(6)
  })

  it.each(pages)('%s has tables of one width, and links that lead somewhere', (file, text) => {
    for (const table of text.split(/\n\n+/).filter(block => block.startsWith('|'))) {
      const rows = table.trimEnd().split('\n')
      // A bar parts cells inside of code, too, unless it is escaped.
      const widths = rows.map(row => row.replaceAll('\\|', '').split('|').length)
      expect([rows[0], new Set(widths).size]).toEqual([rows[0], 1])
    }
    const links = [...text.matchAll(/\]\(([^)#:]+)(?:#[\w-]*)?\)/g)].map(match => match[1] ?? '')
    expect(links.filter(link => !existsSync(join(root, posix.join(dirname(file), link))))).toEqual([])
  })
})

/** Steps of a snippet: a list of them, or the jobs that hold them. */
function stepsOf(snippet: unknown): Step[] {
  if (Array.isArray(snippet)) return snippet
  if (typeof snippet !== 'object' || snippet === null) return []
  return Object.values(snippet).flatMap(stepsOf)
}

function isAlias(uses: string, name: string | undefined): boolean {
  return name === 'setup-uv-python' && /^org\/tokenledger-actions(\/setup)?@/.test(uses)
}
