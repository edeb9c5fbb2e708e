import type { Position } from '../problem.ts'

/** An excerpt's lines are cut to this many characters. */
const WIDTH = 120
const LINE_END = /\r\n|\n|\r/g

/**
 * Line and column of an offset in UTF-16 units. A line ends with LF, CRLF or a lone CR; columns count code points, as
 * PostgreSQL and editors do. An offset behind the text is the place behind its last character.
 */
export function positionAt(text: string, offset: number): Position {
  const lines = lineStarts(text)
  const target = Math.min(offset, text.length)
  let [low, high] = [0, lines.length - 1]
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((lines[middle] as number) <= target) low = middle
    else high = middle - 1
  }
  return { line: low + 1, column: codePoints(text, lines[low] as number, target) + 1 }
}

/**
 * The offset in UTF-16 units of the `character`-th character, from 1, in code points: what PostgreSQL calls the position of an
 * error (protocol documentation, "Error and Notice Message Fields", P). Behind the last character it is the text's length.
 */
export function offsetOfCharacter(text: string, character: number): number {
  let offset = 0
  for (let left = character - 1; left > 0 && offset < text.length; left--) {
    offset += unitsAt(text, offset)
  }
  return offset
}

/**
 * The line of a position with up to two lines before it and a caret below its column. Tabs stay tabs, also in the caret's line,
 * so it fits at any tab width; characters of two cells count as two. Long lines are cut around the place.
 */
export function excerptAt(text: string, { line, column }: Position): string {
  const lines = [line - 2, line - 1, line].filter(number => number > 0)
  const gutter = String(line).length
  const place = offsetOfCharacter(lineOf(text, line), column)
  const shown = lines.map(number => {
    const { content } = cut(lineOf(text, number), number === line ? place : 0)
    return `${String(number).padStart(gutter)} | ${content}`
  })
  const { indent } = cut(lineOf(text, line), place)
  return [...shown, `${' '.repeat(gutter)} | ${[...indent].map(blankOf).join('')}^`].join('\n')
}

/** A line by its number, from 1, without its end. */
export function lineOf(text: string, line: number): string {
  const starts = lineStarts(text)
  return text.slice(starts[line - 1] ?? text.length, starts[line]).replace(/[\r\n]+$/, '')
}

/** The part of a line around an offset, and what stands before that offset in it. */
function cut(line: string, place: number): { readonly content: string; readonly indent: string } {
  const from = line.length > WIDTH ? Math.max(0, place - WIDTH / 2) : 0
  const to = Math.min(line.length, from + WIDTH)
  const ahead = from > 0 ? '…' : ''
  return {
    content: printable(`${ahead}${line.slice(from, to)}${to < line.length ? '…' : ''}`),
    indent: printable(`${ahead}${line.slice(from, place)}`),
  }
}

/** Halves of a character that was cut and control characters would garble a log. */
function printable(content: string): string {
  return content.replace(/[^\P{C}\t\p{Cf}]/gu, '\ufffd')
}

function blankOf(character: string): string {
  if (character === '\t') return '\t'
  if (/^[\p{Mn}\p{Me}\p{Cf}]$/u.test(character)) return ''
  return WIDE.test(character) ? '  ' : ' '
}

/** Emoji and the scripts of East Asia take two cells in a fixed-width font (Unicode annex 11). */
const WIDE =
  /^[\p{Emoji_Presentation}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\u3000-\u303f\uff01-\uff60]$/u

/** A statement's position is asked for many times in one file, so the last file's lines are kept. */
let known = { text: '', starts: [0] }

function lineStarts(text: string): readonly number[] {
  if (known.text !== text) {
    known = { text, starts: [0, ...Array.from(text.matchAll(LINE_END), end => end.index + end[0].length)] }
  }
  return known.starts
}

function codePoints(text: string, from: number, to: number): number {
  let count = 0
  for (let offset = from; offset < to; offset += unitsAt(text, offset)) count++
  return count
}

function unitsAt(text: string, offset: number): number {
  return (text.codePointAt(offset) ?? 0) > 0xffff ? 2 : 1
}
