import { InvalidPattern, UnsupportedPattern } from './nodes.ts'
import { isAsciiLetter, isHex, isOctal, type Scanner } from './scanner.ts'

/** What `\…` means where a character may stand; `undefined` when it is no character (a class, an anchor, a group). */
export type EscapedChar = { readonly codePoint: number; readonly text: string }

const CONTROL: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11, '\\': 92 }

/**
 * The character that an escape stands for, the scanner being behind the backslash and `char`.
 * Rules: docs.python.org/3/library/re.html, "Regular Expression Syntax"; unknown ASCII letters are errors.
 */
export function escapedChar(char: string, scanner: Scanner): EscapedChar {
  const start = scanner.position() - 2
  const control = CONTROL[char]
  if (control !== undefined) return { codePoint: control, text: `\\${char}` }
  if (char === 'x') return { codePoint: hex(scanner, 2, start), text: scanner.since(start) }
  if (char === 'u') return { codePoint: hex(scanner, 4, start), text: scanner.since(start) }
  if (char === 'U') return { codePoint: hex(scanner, 8, start), text: scanner.since(start) }
  if (char === 'N') throw new UnsupportedPattern('\\N{…')
  if (isAsciiLetter(char)) throw new InvalidPattern(`bad escape \\${char} at position ${start}`)
  return { codePoint: char.codePointAt(0) ?? 0, text: `\\${char}` }
}

/** An octal escape that starts with `first`, at most `more` further digits; up to 0o377. */
export function octalChar(first: string, scanner: Scanner, more: number): EscapedChar {
  const digits = first + scanner.takeWhile(isOctal, more)
  const codePoint = Number.parseInt(digits, 8)
  if (codePoint > 0o377) throw new InvalidPattern(`octal escape value \\${digits} outside of range 0-0o377`)
  return { codePoint, text: `\\${digits}` }
}

function hex(scanner: Scanner, length: number, start: number): number {
  const digits = scanner.takeWhile(isHex, length)
  const codePoint = Number.parseInt(digits, 16)
  if (digits.length !== length || codePoint > 0x10ffff)
    throw new InvalidPattern(`incomplete escape ${scanner.since(start)} at position ${start}`)
  return codePoint
}

/** One character as JavaScript source with the flag `v`, right inside and outside of classes. */
export function charSource(codePoint: number): string {
  const char = String.fromCodePoint(codePoint)
  return /^[A-Za-z0-9_]$/.test(char) ? char : `\\u{${codePoint.toString(16)}}`
}

/** Python's `re.escape`: exactly the characters that mean something in a pattern get a backslash. */
export function escapePattern(text: string): string {
  return text.replace(/[()[\]{}?*+\-|^$\\.&~# \t\n\r\v\f]/g, '\\$&')
}
