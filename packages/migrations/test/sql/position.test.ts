import { describe, expect, test } from '@jest/globals'
import fc from 'fast-check'
import { excerptAt, offsetOfCharacter, positionAt } from '../../src/index.ts'

describe('positions', () => {
  test('LF, CRLF and a lone CR end a line, each once', () => {
    const text = 'a\nb\r\nc\rd\n\ne'
    const places = ['a', 'b', 'c', 'd', 'e'].map(letter => positionAt(text, text.indexOf(letter)))
    expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual(['1:1', '2:1', '3:1', '4:1', '6:1'])
  })

  test('a column counts code points: an emoji is one, a letter with a combining mark two', () => {
    expect(positionAt('😀😀x', 4)).toEqual({ line: 1, column: 3 })
    expect(positionAt('e\u0301x', 2)).toEqual({ line: 1, column: 3 })
  })

  test('an offset at or behind the end is the place behind the last character', () => {
    expect(positionAt('ab\nc', 4)).toEqual({ line: 2, column: 2 })
    expect(positionAt('ab\nc', 99)).toEqual({ line: 2, column: 2 })
    expect(positionAt('', 0)).toEqual({ line: 1, column: 1 })
  })

  test("PostgreSQL's position of an error, from 1 and in characters, is an offset in UTF-16 units", () => {
    expect(offsetOfCharacter('😀x😀y', 1)).toBe(0)
    expect(offsetOfCharacter('😀x😀y', 4)).toBe(5)
    expect(offsetOfCharacter('😀x', 3)).toBe(3)
    expect(offsetOfCharacter('😀x', 99)).toBe(3)
  })

  test('law: the n-th character of a text without line ends is at column n', () => {
    const text = fc.string({ unit: 'grapheme', minLength: 1 }).filter(one => !/[\r\n]/.test(one))
    fc.assert(
      fc.property(text, fc.nat(), (one, n) => {
        const character = 1 + (n % [...one].length)
        expect(positionAt(one, offsetOfCharacter(one, character))).toEqual({ line: 1, column: character })
      }),
    )
  })

  test('the texts of two files do not mix', () => {
    expect(positionAt('a\nb', 2).line).toBe(2)
    expect(positionAt('a b', 2).line).toBe(1)
    expect(positionAt('a\nb', 2).line).toBe(2)
  })
})

describe('excerpts', () => {
  test('two lines before the place, and a caret', () => {
    const text = 'one\ntwo\r\nthree\nALTER TABLE t ADD int;\nfive\n'
    expect(excerptAt(text, { line: 4, column: 19 }).split('\n')).toEqual([
      '2 | two',
      '3 | three',
      '4 | ALTER TABLE t ADD int;',
      '  |                   ^',
    ])
  })

  test('line numbers are as wide as the last one', () => {
    const text = `${'\n'.repeat(98)}99\n100`
    expect(excerptAt(text, { line: 100, column: 3 }).split('\n')).toEqual([
      ' 98 | ',
      ' 99 | 99',
      '100 | 100',
      '    |   ^',
    ])
  })

  test('tabs stay tabs in the caret line, wide characters take two cells, combining marks none', () => {
    expect(excerptAt("\tSELECT '日😀', boom", { line: 1, column: 15 }).split('\n').at(-1)).toBe(
      '  | \t               ^',
    )
    expect(excerptAt('e\u0301 x', { line: 1, column: 4 }).split('\n').at(-1)).toBe('  |   ^')
  })

  test('a long line is cut around the place', () => {
    const [line = '', caret = ''] = excerptAt(`${'a'.repeat(500)}!${'b'.repeat(500)}`, {
      line: 1,
      column: 501,
    }).split('\n')
    expect(line).toMatch(/^1 \| …a{60}!b{59}…$/)
    expect(caret.indexOf('^')).toBe(line.indexOf('!'))
    const [start = ''] = excerptAt('a'.repeat(500), { line: 1, column: 1 }).split('\n')
    expect(start).toMatch(/^1 \| a{120}…$/)
  })

  test('a cut character and control characters are shown as what cannot be shown', () => {
    expect(excerptAt('a\0\u001b[31m', { line: 1, column: 3 })).toBe('1 | a\ufffd\ufffd[31m\n  |   ^')
    expect(excerptAt('😀'.repeat(100) + 'x'.repeat(21), { line: 1, column: 101 })).not.toMatch(/\p{Cs}/u)
  })

  test('the place behind the end has an excerpt too', () => {
    expect(excerptAt('SELECT', { line: 1, column: 7 })).toBe('1 | SELECT\n  |       ^')
    expect(excerptAt('SELECT\n', { line: 2, column: 1 })).toBe('1 | SELECT\n2 | \n  | ^')
  })
})
