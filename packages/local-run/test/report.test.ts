import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { renderMarkdown } from '../src/report/markdown.ts'
import { bytes } from '../src/report/parts.ts'
import { sanitise } from '../src/report/sanitise.ts'

describe('a summary in the report', () => {
  it('has tables, details and alerts as on GitHub', () => {
    const html = renderMarkdown(
      '| a | b |\n|---|--:|\n| 1 | 2 |\n\n<details open><summary>More</summary>\n\n> [!WARNING]\n> careful\n\n</details>',
    )
    expect(html).toContain('<td align="right">2</td>')
    expect(html).toContain('<details open="">')
    expect(html).toContain('<div class="markdown-alert markdown-alert-warning">')
    expect(html).toContain('<p>careful</p>')
  })

  it.each([
    ['<script>alert(1)</script>after', 'after'],
    ['<img src=x onerror=alert(1)>', '<img>'],
    ['<a href="javascript:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['<a href="java&#115;cript&colon;alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['<a href=" JaVaScRiPt:alert(1)">x</a>', '<a rel="noopener noreferrer">x</a>'],
    ['<svg onload=alert(1)><b>x</b></svg>', ''],
    ['<form action=https://x><button>x</button></form>', 'x'],
    ['a</div></main>b', 'ab'],
    ['<b>open', '<b>open</b>'],
    ['<scr<script>ipt>x', '&lt;scr'],
    ['1 < 2 and <3', '1 &lt; 2 and &lt;3'],
    ['<style>*{display:none}</style>', ''],
    ['<b style="position:fixed" class=x>x</b>', '<b class="x">x</b>'],
  ])('keeps %j from doing harm', (html, expected) => {
    expect(sanitise(html)).toBe(expected)
  })

  it('never has a tag or an attribute beyond the allowed ones, and closes what it opens', () => {
    const piece = fc.constantFrom(
      ...[
        '<',
        '>',
        '/',
        'script',
        ' onload=',
        'b',
        'a href=',
        '"',
        "'",
        'javascript:x',
        '<b>',
        '</b>',
        '<!--',
        'x ',
      ],
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), pieces => {
        const html = sanitise(pieces.join(''))
        const tags = [...html.matchAll(/<(\/?)(\w+)((?: [\w-]+="[^"<>]*")*)>/g)]
        expect(html.replace(/<(\/?)(\w+)((?: [\w-]+="[^"<>]*")*)>/g, '')).not.toContain('<')
        expect(
          tags.every(([, , name, text = '']) => name !== 'script' && !/ onload=| href="java/.test(text)),
        ).toBe(true)
        const count = (slash: string) => tags.filter(([, closing]) => closing === slash).length
        expect(count('')).toBe(count('/'))
      }),
      { numRuns: 500 },
    )
  })

  it('gives sizes as GitHub does', () => {
    expect([bytes(12), bytes(2048), bytes(3_500_000)]).toEqual(['12 B', '2.0 KB', '3.3 MB'])
  })
})
