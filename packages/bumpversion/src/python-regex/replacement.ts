import type { CompiledPattern } from './compile.ts'
import { InvalidPattern } from './nodes.ts'
import { isAsciiLetter, isDigit, isOctal, type Scanner, scannerOf } from './scanner.ts'

type Piece = string | { readonly group: number }
export type Replacement = (match: RegExpExecArray) => string

const CONTROL: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
  '\\': '\\',
}

/**
 * A replacement template of Python's `re.sub`: `\1`, `\g<1>`, `\g<name>`, control escapes, octal escapes. A backslash
 * before another ASCII letter is an error there, and here (`InvalidPattern`); a group that did not match gives nothing.
 */
export function replacementOf(template: string, pattern: CompiledPattern): Replacement {
  const pieces = piecesOf(template, pattern)
  return match =>
    pieces.map(piece => (typeof piece === 'string' ? piece : (match[piece.group] ?? ''))).join('')
}

function piecesOf(template: string, pattern: CompiledPattern): Piece[] {
  const scanner = scannerOf(template)
  const pieces: Piece[] = []
  while (scanner.peek() !== '') {
    pieces.push(scanner.takeWhile(char => char !== '\\'))
    if (scanner.take('\\')) pieces.push(escaped(scanner, pattern))
  }
  return pieces
}

function escaped(scanner: Scanner, pattern: CompiledPattern): Piece {
  const start = scanner.position() - 1
  const char = scanner.next()
  if (char === '') throw new InvalidPattern(`bad escape (end of pattern) at position ${start}`)
  if (char === 'g') return named(scanner, pattern)
  if (char === '0') return octal(`0${scanner.takeWhile(isOctal, 2)}`)
  if (isDigit(char)) return numbered(char, scanner, pattern)
  const control = CONTROL[char]
  if (control !== undefined) return control
  if (isAsciiLetter(char)) throw new InvalidPattern(`bad escape \\${char} at position ${start}`)
  return `\\${char}`
}

function named(scanner: Scanner, pattern: CompiledPattern): Piece {
  if (!scanner.take('<')) throw new InvalidPattern('missing <')
  const name = scanner.until('>', '>, unterminated name')
  const group = /^\d+$/.test(name) ? Number(name) : pattern.names.get(name)
  if (group === undefined) throw new InvalidPattern(`unknown group name '${name}'`)
  return groupPiece(group, pattern)
}

function numbered(first: string, scanner: Scanner, pattern: CompiledPattern): Piece {
  const start = scanner.position()
  const second = scanner.takeWhile(isDigit, 1)
  if (isOctal(first) && isOctal(second) && isOctal(scanner.peek())) {
    scanner.seek(start)
    return octal(first + scanner.takeWhile(isOctal, 2))
  }
  return groupPiece(Number(first + second), pattern)
}

function octal(digits: string): string {
  const codePoint = Number.parseInt(digits, 8)
  if (codePoint > 0o377) throw new InvalidPattern(`octal escape value \\${digits} outside of range 0-0o377`)
  return String.fromCodePoint(codePoint)
}

function groupPiece(group: number, pattern: CompiledPattern): Piece {
  if (group > pattern.groupCount) throw new InvalidPattern(`invalid group reference ${group}`)
  return { group }
}
