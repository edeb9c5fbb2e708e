import type { Flags } from './nodes.ts'

/**
 * `\d`, `\s` and `\w` of Python as JavaScript classes (flag `v`). Python's are those of `str.isdecimal`, `str.isspace`
 * and `str.isalnum` plus the underscore; JavaScript's own would be ASCII, or a slightly different white space.
 */
const UNICODE = {
  d: '\\p{Nd}',
  s: '\\t-\\r\\x1c-\\x20\\x85\\xa0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000',
  w: '\\p{L}\\p{N}_',
} as const
const ASCII = { d: '0-9', s: '\\t-\\r\\x20', w: 'A-Za-z0-9_' } as const

/** The class for `d D s S w W`, to stand alone or inside another class; `undefined` for any other letter. */
export function categorySource(letter: string, flags: Flags): string | undefined {
  const table = flags.ascii ? ASCII : UNICODE
  const lower = letter.toLowerCase()
  if (lower !== 'd' && lower !== 's' && lower !== 'w') return undefined
  return letter === lower ? `[${table[lower]}]` : `[^${table[lower]}]`
}

/** `\b` or `\B` with Python's idea of a word; JavaScript's own knows ASCII words only. An empty text has neither. */
export function boundarySource(letter: 'b' | 'B', flags: Flags): string {
  const word = categorySource('w', flags)
  return letter === 'b'
    ? `(?:(?<=${word})(?!${word})|(?<!${word})(?=${word}))`
    : `(?:(?<=${word})(?=${word})|(?<!${word})(?!${word})(?:(?=[^])|(?<=[^])))`
}
