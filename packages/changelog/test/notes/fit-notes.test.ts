import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { type FittedNotes, fitNotes } from '../../src/index.ts'

const MORE = 'More: NOTES.md'
/** With room for so much of the text and the line below it. */
const fitted = (body: string, kept: string): FittedNotes =>
  fitNotes(body, { limit: kept.length + MORE.length + 3, more: MORE })

const ENTRIES = `### Features

- one
  with more
- two

### Fixes

- three, with so many words that it does not matter where they end
`

describe('notes that fit', () => {
  it('stay as they are, to the last character', () => {
    expect(fitNotes(ENTRIES, { limit: ENTRIES.length, more: MORE })).toEqual({ body: ENTRIES, wasCut: false })
  })
})

describe('notes that are too long', () => {
  it('end after the last whole entry, with the line that leads to the rest', () => {
    const kept = '### Features\n\n- one\n  with more\n'
    expect(fitted(ENTRIES, kept)).toEqual({ body: `${kept.trimEnd()}\n\n${MORE}\n`, wasCut: true })
    expect(fitted(ENTRIES, `${kept}- tw`).body).toBe(`${kept.trimEnd()}\n\n${MORE}\n`)
  })

  it('do not end with a heading that has nothing below it', () => {
    const kept = '### Features\n\n- one\n  with more\n- two\n'
    expect(fitted(ENTRIES, `${kept}\n### Fixes\n\n`).body).toBe(`${kept.trimEnd()}\n\n${MORE}\n`)
  })

  it('do not end inside of a block of code that belongs to an entry', () => {
    const kept = '- one\n'
    const body = `${kept}- two\n\n  \`\`\`py\n  - not an entry\n# nor this, outside of it\n${'- more\n'.repeat(9)}`
    expect(fitted(body, `${kept}- two\n\n  \`\`\`py\n  - not an`).body).toBe(`- one\n\n${MORE}\n`)
    expect(fitted(body, `${kept}- two\n\n  \`\`\`py\n  - not an entry\n# nor`).body).toBe(
      `- one\n- two\n\n  \`\`\`py\n  - not an entry\n\n${MORE}\n`,
    )
  })

  it('of which not even one entry fits end at a line, with their block of code closed', () => {
    const start = '~~~~ text\n- a line of code\n```\n'
    const body = `${start}${'- a line of code\n'.repeat(20)}~~~~\n`
    expect(fitted(body, `${start}~~~~`).body).toBe(`${start}~~~~\n\n${MORE}\n`)
    const entry = `- one\n\n  \`\`\`\n${'  a line of code\n'.repeat(20)}  \`\`\`\n`
    expect(fitted(entry, '- one\n\n  ```\n  a line of code\n  ```').body).toBe(
      `- one\n\n  \`\`\`\n  a line of code\n  \`\`\`\n\n${MORE}\n`,
    )
  })

  it('of one endless line are the line that leads to the rest', () => {
    expect(fitted('x'.repeat(1000), 'x'.repeat(200))).toEqual({ body: `${MORE}\n`, wasCut: true })
  })
})

describe('any notes', () => {
  const line = fc.constantFrom(
    ...['- entry', '  more of it', '', '### Heading', '```', '~~~', '```py', '1. first', 'text', '- ünï 🎉'],
  )
  const text = fc.array(line, { maxLength: 30 }).map(lines => `${lines.join('\n')}\n`)

  it('keep the limit, and are a beginning of the whole with every block of code closed', () => {
    fc.assert(
      fc.property(text, fc.integer({ min: MORE.length + 3, max: 300 }), (body, limit) => {
        const { body: short, wasCut } = fitNotes(body, { limit, more: MORE })
        expect(short.length).toBeLessThanOrEqual(limit)
        expect(wasCut).toBe(body.length > limit)
        if (!wasCut) return
        expect(short.endsWith(`${MORE}\n`)).toBe(true)
        const kept = short.slice(0, -MORE.length - 1).trimEnd()
        expect(openFence(kept)).toBeUndefined()
        const withoutEnd = kept.replace(/\n(?:`{3,}|~{3,})$/, '')
        expect(body.startsWith(kept) || body.startsWith(withoutEnd)).toBe(true)
      }),
    )
  })
})

/** CommonMark 4.5, written down once more. */
function openFence(text: string): string | undefined {
  let open: string | undefined
  for (const line of text.split('\n')) {
    const fence = /^(`{3,}|~{3,})/.exec(line)?.[1]
    if (!fence) continue
    if (open === undefined) open = fence
    else if (fence.startsWith(open) && line.trim() === fence) open = undefined
  }
  return open
}
