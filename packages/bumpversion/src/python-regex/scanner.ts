import { InvalidPattern } from './nodes.ts'

/** Reads a pattern character by character (code points, as Python does). */
export interface Scanner {
  /** The next character, or '' at the end. */
  peek(): string
  next(): string
  /** Consumes `text` if it comes next. */
  take(text: string): boolean
  /** Consumes up to `limit` characters that `matches` accepts. */
  takeWhile(matches: (char: string) => boolean, limit?: number): string
  /** Consumes up to `end` and the end itself, which is left out; an error when it never comes. */
  until(end: string, missing: string): string
  position(): number
  seek(position: number): void
  /** What was written from `start` to here. */
  since(start: number): string
}

export function scannerOf(text: string): Scanner {
  const chars = [...text]
  let at = 0
  const scanner: Scanner = {
    peek: () => chars[at] ?? '',
    next: () => chars[at++] ?? '',
    take(wanted) {
      const length = [...wanted].length
      if (chars.slice(at, at + length).join('') !== wanted) return false
      at += length
      return true
    },
    takeWhile(matches, limit = Number.POSITIVE_INFINITY) {
      const start = at
      while (at < chars.length && at - start < limit && matches(chars[at] ?? '')) at++
      return chars.slice(start, at).join('')
    },
    until(end, missing) {
      const start = at
      const found = chars.indexOf(end, at)
      if (found < 0) throw new InvalidPattern(`missing ${missing}, unterminated name at position ${start}`)
      at = found + 1
      return chars.slice(start, found).join('')
    },
    position: () => at,
    seek: position => {
      at = position
    },
    since: start => chars.slice(start, at).join(''),
  }
  return scanner
}

export const isDigit = (char: string): boolean => char >= '0' && char <= '9'
export const isOctal = (char: string): boolean => char >= '0' && char <= '7'
export const isHex = (char: string): boolean => /^[0-9A-Fa-f]$/.test(char)
export const isAsciiLetter = (char: string): boolean => /^[A-Za-z]$/.test(char)
