import { describe, expect, test } from '@jest/globals'
import { split } from '../../src/index.ts'
import { tokenAt } from '../../src/sql/scanner.ts'
import { HARD_STATEMENTS, hardFiles } from './hard-sql.ts'
import { parsedOffsets, scannedTokens } from './parser-oracle.ts'
import { sqlFiles } from './sql-files.ts'

const files = sqlFiles()
const generated = [...new Set(hardFiles(200))].map((text, index) => ({ path: `generated ${index}`, text }))
const compared = [...files, ...generated].flatMap(file => {
  const offsets = parsedOffsets(file.text)
  return offsets ? [{ ...file, offsets }] : []
})
const statements = compared.reduce((sum, { offsets }) => sum + offsets.length, 0)

describe("PostgreSQL's own parser as the judge", () => {
  test(`of ${files.length} files that others wrote and ${generated.length} generated ones, it reads ${compared.length}`, () => {
    expect(compared.length).toBeGreaterThanOrEqual(300)
    expect(compared.filter(({ path }) => path.startsWith('generated'))).toHaveLength(generated.length)
  })

  test(`the ${statements} statements of those files start where it says`, () => {
    const different = compared.filter(({ text, offsets }) => {
      const found = split(text)
      return found.unterminated || String(found.statements.map(({ offset }) => offset)) !== String(offsets)
    })
    expect(different.map(({ path }) => path)).toEqual([])
  })

  test('and they end with the last token that its scanner sees before the semicolon', () => {
    const different = compared.filter(({ text }) => {
      const ends = theirTokens(text).flatMap(({ name, end }) => (name.endsWith('_COMMENT') ? [] : [end]))
      const next = new Map(ends.map((end, index) => [end, ends[index + 1]]))
      return split(text).statements.some(one => {
        const following = next.get(one.offset + one.text.length)
        return following === undefined
          ? one.offset + one.text.length !== ends.at(-1)
          : text[following - 1] !== ';'
      })
    })
    expect(different.map(({ path }) => path)).toEqual([])
  })

  test.each(HARD_STATEMENTS)('%j is one statement', text => {
    expect(parsedOffsets(text)).toEqual([0])
    expect(split(text)).toEqual({ statements: [{ text, offset: 0 }] })
  })

  test('its scanner and ours agree on every word, quote, number and comment of all those files', () => {
    const different = compared.filter(({ text }) => String(ourPlaces(text)) !== String(theirPlaces(text)))
    expect(different.map(({ path }) => path)).toEqual([])
  })
})

/** Signs are left out: PostgreSQL tells operators apart by rules that no statement's end depends on. */
const isSign = (text: string, start: number) => !/[\w"'$\u0080-\uffff]/.test(text[start] ?? '')

function ourPlaces(text: string): string[] {
  const places = []
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    if (token.kind === 'comment' || (token.kind !== 'space' && !isSign(text, token.start))) {
      places.push(`${token.start}-${token.end}`)
    }
  }
  return places
}

function theirPlaces(text: string): string[] {
  return theirTokens(text)
    .filter(({ start, name }) => name.endsWith('_COMMENT') || !isSign(text, start))
    .map(({ start, end }) => `${start}-${end}`)
}

function theirTokens(text: string) {
  const tokens = scannedTokens(text)
  if (tokens instanceof Error) throw tokens
  return tokens
}
