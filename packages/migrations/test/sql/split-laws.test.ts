import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { split } from '../../src/index.ts'
import { tokenAt } from '../../src/sql/scanner.ts'
import { HARD_STATEMENTS } from './hard-sql.ts'
import { scannedTokens } from './parser-oracle.ts'

const anything = fc.string({ unit: fc.constantFrom(...';\'"$-/*\\()\n \tab1é😀日') })

/** Statements around any content, quoted in every way that PostgreSQL has. */
const statement = fc.oneof(
  fc.constantFrom(...HARD_STATEMENTS),
  anything.map(content => `SELECT '${content.replaceAll("'", "''")}' x`),
  anything.map(content => `SELECT E'${content.replace(/[\\']/g, '\\$&')}' x`),
  anything.map(content => `SELECT "${content.replaceAll('"', '""')}" x`),
  anything.map(content => `SELECT $_é1$${content.replaceAll('$', '')}$_é1$ x`),
  anything.map(content => `SELECT 1 /* ${content.replace(/[*/]/g, '')} /* ; */ */ x`),
  anything.map(content => `SELECT 1 -- ${content.replaceAll('\n', ' ')}\n x`),
)
const separator = fc
  .array(fc.constantFrom(' ', '\n', '\t', '-- a;\n', "/* ' ; /* $$ */ */", ';'), { maxLength: 4 })
  .map(parts => `${parts.join('')};${parts.reverse().join('')}`)

const file = fc.array(fc.tuple(statement, separator), { maxLength: 8 })
const joined = (pieces: readonly (readonly [string, string])[]) => pieces.flat().join('')

const FRAGMENTS = [
  ...[
    "'",
    "''",
    '"',
    '""',
    '$$',
    '$a$',
    '$',
    '--',
    '/*',
    '*/',
    '\n',
    '\r\n',
    '\r',
    ';',
    '(',
    ')',
    '\\',
    '\\.',
  ],
  ...['BEGIN ATOMIC ', 'CREATE FUNCTION ', ' END', ' CASE ', 'COPY t FROM stdin;\n', ' AS ', ' '],
  ...['E', 'U&', 'x', 'B', '1', '.5', '$1', '+', '*', '-', '<', '😀', 'é', ',', '.', ':'],
]
const mess = fc.array(fc.constantFrom(...FRAGMENTS), { maxLength: 40 }).map(parts => parts.join(''))

describe('laws of split', () => {
  test('statements that are joined come back, at their offsets', () => {
    fc.assert(
      fc.property(file, pieces => {
        const text = joined(pieces)
        const { statements, unterminated } = split(text)
        expect(unterminated).toBeUndefined()
        expect(statements.map(one => one.text)).toEqual(pieces.map(([sql]) => sql))
        for (const one of statements) expect(text.startsWith(one.text, one.offset)).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  test('CRLF or LF, byte order mark or not: the statements are the same', () => {
    fc.assert(
      fc.property(file, pieces => {
        const text = joined(pieces).replaceAll('\r', '')
        const crlf = (lf: string) => lf.replaceAll('\n', '\r\n')
        const plain = split(text).statements
        expect(split(crlf(text)).statements.map(one => one.text)).toEqual(plain.map(one => crlf(one.text)))
        expect(split(`\ufeff${text}`).statements).toEqual(
          plain.map(one => ({ ...one, offset: one.offset + 1 })),
        )
      }),
    )
  })

  test('any text: nothing but blanks, comments, semicolons and meta-commands is outside of its statements', () => {
    fc.assert(
      fc.property(mess, text => {
        fc.pre(!text.includes('\\.')) // the end of rows, which are outside too
        const { statements } = split(text)
        const starts = [...statements.map(({ offset }) => offset), text.length]
        const ends = [0, ...statements.map(one => one.offset + one.text.length)]
        const gaps = starts.map((start, index) => text.slice(ends[index], start))
        expect(gaps.flatMap(kindsOf).filter(kind => !OUTSIDE.has(kind))).toEqual([])
        expect(statements.map(one => text.slice(one.offset, one.offset + one.text.length))).toEqual(
          statements.map(one => one.text),
        )
      }),
      { numRuns: 2000 },
    )
  })

  test("on any text, what PostgreSQL's scanner finds unterminated is what we do", () => {
    fc.assert(
      fc.property(mess, text => {
        fc.pre(!text.includes('\\') && !text.includes('stdin'))
        const theirs = scannedTokens(text)
        const isOpen = theirs instanceof Error && theirs.message.includes('unterminat')
        fc.pre(isOpen || !(theirs instanceof Error)) // other complaints, such as U&"" or 1x, end their scan early
        expect(split(text).unterminated !== undefined).toBe(isOpen)
      }),
      { numRuns: 3000 },
    )
  })
})

describe('cost of split', () => {
  const TRAPS = [
    ['statements', "INSERT INTO t VALUES (1, 'it''s', $$x;y$$);\n"],
    ['strings that may go on', "'a'\n-- b\n-- c\n"],
    ['comments', '/* a /* b */ c */ -- d\n'],
    ['dollars without a partner', '$a$b$c$ $ $x '],
    ['operators with comments', '+-*/ <-/* */ @--\n'],
    ['escapes', String.raw`E'\'\\' `],
    ['COPY without rows', 'COPY t FROM stdin;\n'],
  ] as const

  test.each(TRAPS)(
    '%s: no character is in two tokens, and ten times the text is ten times the tokens',
    (_, piece) => {
      const small = tokensOf(piece.repeat(100))
      const large = tokensOf(piece.repeat(1000))
      expect(small.covered).toBe(piece.length * 100)
      expect(large.covered).toBe(piece.length * 1000)
      expect(large.count).toBeLessThanOrEqual(10 * small.count)
    },
  )

  test('20 MB are taken apart', () => {
    const piece =
      "CREATE FUNCTION f() RETURNS int BEGIN ATOMIC SELECT 1; END;\nINSERT INTO t VALUES (1, 'a;');\n"
    const copies = Math.ceil(20_000_000 / piece.length)
    expect(split(piece.repeat(copies)).statements).toHaveLength(2 * copies)
  })
})

const OUTSIDE = new Set(['space', 'comment', 'meta-command', ';'])

function kindsOf(text: string): string[] {
  const kinds = []
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    kinds.push(token.kind === 'punctuation' ? text.slice(token.start, token.end) : token.kind)
  }
  return kinds
}

function tokensOf(text: string): { readonly count: number; readonly covered: number } {
  let [count, covered] = [0, 0]
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    count++
    covered += token.end - token.start
  }
  return { count, covered }
}
