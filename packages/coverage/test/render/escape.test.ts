import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { renderMarkdown } from '../../../local-run/src/report/markdown.ts'
import { clip, code, plain } from '../../src/render/escape.ts'
import { renderReport } from '../../src/render/render-report.ts'
import { anyView, nastyText } from './arbitrary-view.ts'

/** What a reader sees of a piece of Markdown that stands in a cell of a table, and in a list. */
function seen(markdown: string): { cells: string[]; items: string[] } {
  const html = renderMarkdown(
    `| a | b |\n| --- | --- |\n| ${markdown} | end |\n\ntext\n\n- ${markdown} end\n`,
  )
  const of = (tag: string) =>
    [...html.matchAll(new RegExp(`<${tag}>(.*?)</${tag}>`, 'gs'))].map(([, inner = '']) => textOf(inner))
  return { cells: of('td'), items: of('li') }
}

function textOf(html: string): string {
  return html.replace(/<[^>]*>/g, '').replace(/&(#\d+|amp|lt|gt|quot);/g, (_, name: string) => {
    const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"' }
    return named[name] ?? String.fromCodePoint(Number(name.slice(1)))
  })
}

const simple = [
  'we|ird.py',
  'back`tick``.py',
  '<b>bold</b>.py',
  '@acme/core.py',
  '*star*_under_.py',
  '[x](https://y).py',
  'a\\|b.py',
  '\\',
  ' edge ',
  '#12.py',
  'ünï 🙂.py',
]

describe('code', () => {
  it.each(simple)('shows %j as it is, in a table and in a list', name => {
    expect(seen(code(name))).toEqual({
      cells: [name, 'end'].map(cell => (cell.trim() === cell ? cell : expect.stringContaining(cell.trim()))),
      items: [expect.stringContaining(name.trim())],
    })
  })

  it('shows line ends and signs that turn the direction of text as their codes', () => {
    expect(code('a\nb\u202egnp.py')).toBe('`a\\nb\\u202egnp.py`')
  })

  it('keeps any name in its cell, without markup', () => {
    fc.assert(
      fc.property(nastyText, name => {
        const { cells, items } = seen(code(name))
        expect(cells).toHaveLength(2)
        expect(cells[1]).toBe('end')
        expect(items).toHaveLength(1)
      }),
      { numRuns: 500 },
    )
  })
})

describe('plain', () => {
  it.each([
    '@acme',
    '#12',
    'GH-12',
    'acme/consumer#12',
    'https://github.com/acme/consumer/issues/12',
    'www.example.org',
  ])('breaks what GitHub would make a link of: %s', text => {
    const shown = plain(text)
    expect(shown).toContain('&#8203;')
    expect(renderMarkdown(shown)).not.toContain('<a')
    expect(textOf(renderMarkdown(shown)).replaceAll('\u200b', '').trim()).toBe(text)
  })

  it('shows any text as it is, on one line', () => {
    fc.assert(
      fc.property(nastyText, text => {
        const { cells, items } = seen(plain(text))
        expect([cells.length, items.length]).toEqual([2, 1])
        expect(cells[1]).toBe('end')
        expect(plain(text)).not.toMatch(/[\r\n]/)
      }),
      { numRuns: 500 },
    )
  })
})

describe('a report', () => {
  it('mentions nobody and refers to no issue, whatever the names in it are', () => {
    fc.assert(
      fc.property(anyView, view => {
        const html = renderMarkdown(renderReport(view, { medium: 'comment', key: 'k' }))
        // GitHub looks in text, and not in code and links.
        const text = textOf(html.replace(/<(code|a)\b.*?<\/\1>/gs, ' '))
        expect(text).not.toMatch(/@\w|#\d|GH-\d|:\/\//i)
      }),
      { numRuns: 200 },
    )
  })
})

describe('clip', () => {
  it('cuts between characters', () => {
    expect(clip('🙂🙂🙂', 2)).toBe('🙂…')
    expect(clip('abc', 3)).toBe('abc')
  })
})
