/** One name of a glob (what stands between two slashes), read into pieces. */
export type GlobPiece =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'star' }
  | { readonly kind: 'any' }
  | { readonly kind: 'set'; readonly source: string }
  | GlobGroup

/** `@(a|b)` and its kin, with the sign before the parenthesis. */
export interface GlobGroup {
  readonly kind: 'group'
  readonly sign: string
  readonly branches: readonly (readonly GlobPiece[])[]
}

export const GROUP_SIGNS = '@?*+!'

const POSIX: Readonly<Record<string, string>> = {
  alnum: '\\p{L}\\p{N}',
  alpha: '\\p{L}',
  ascii: '\\x00-\\x7f',
  blank: '\\x20\\t',
  cntrl: '\\p{Cc}',
  digit: '0-9',
  graph: '\\x21-\\x7e',
  lower: '\\p{Ll}',
  print: '\\x20-\\x7e',
  punct: '\\p{P}\\p{S}',
  space: '\\s',
  upper: '\\p{Lu}',
  word: '\\p{L}\\p{N}_',
  xdigit: '0-9A-Fa-f',
}

/** Where the bracket or group that opens at `open` closes, or -1 when it does not and is plain text. */
export function closingOf(glob: string, open: number): number {
  if (glob[open] === '[') return closingBracket(glob, open)
  for (let at = open + 1; at < glob.length; at++) {
    const char = glob[at] ?? ''
    if (char === '\\') at++
    else if (char === ')') return at
    else if (char === '[' || (char === '(' && GROUP_SIGNS.includes(glob[at - 1] ?? ' '))) {
      const end = closingOf(glob, at)
      if (end >= 0) at = end
    }
  }
  return -1
}

function closingBracket(glob: string, open: number): number {
  let at = open + 1
  if (glob[at] === '!' || glob[at] === '^') at++
  if (glob[at] === ']') at++
  for (; at < glob.length && glob[at] !== '/'; at++) {
    if (glob[at] === '\\') at++
    else if (glob.startsWith('[:', at) && glob.indexOf(':]', at) > 0) at = glob.indexOf(':]', at) + 1
    else if (glob[at] === ']') return at
  }
  return -1
}

/** Splits at a character that stands outside of brackets and groups. */
export function splitOutside(glob: string, separator: string): string[] {
  const pieces: string[] = []
  let start = 0
  for (let at = 0; at < glob.length; at++) {
    const char = glob[at] ?? ''
    const opens = char === '[' || (char === '(' && at > 0 && GROUP_SIGNS.includes(glob[at - 1] ?? ' '))
    const end = opens ? closingOf(glob, at) : -1
    if (char === '\\') at++
    else if (end >= 0) at = end
    else if (char === separator) {
      pieces.push(glob.slice(start, at))
      start = at + 1
    }
  }
  return [...pieces, glob.slice(start)]
}

export function readSegment(segment: string): GlobPiece[] {
  const pieces: GlobPiece[] = []
  for (let at = 0; at < segment.length; at++) {
    const char = segment[at] ?? ''
    const group = GROUP_SIGNS.includes(char) && segment[at + 1] === '(' ? closingOf(segment, at + 1) : -1
    const bracket = char === '[' ? closingOf(segment, at) : -1
    if (group >= 0) {
      const branches = splitOutside(segment.slice(at + 2, group), '|').map(readSegment)
      pieces.push({ kind: 'group', sign: char, branches })
      at = group
    } else if (bracket >= 0) {
      pieces.push({ kind: 'set', source: setSource(segment.slice(at + 1, bracket)) })
      at = bracket
    } else if (char === '*') pieces.push({ kind: 'star' })
    else if (char === '?') pieces.push({ kind: 'any' })
    else if (char === '\\' && at + 1 < segment.length)
      pieces.push({ kind: 'text', text: segment[++at] ?? '' })
    else pieces.push({ kind: 'text', text: char })
  }
  return pieces
}

/** The inside of `[…]` as a JavaScript class (flag `v`). A range that runs backwards holds nothing. */
function setSource(inside: string): string {
  const negated = inside.startsWith('!') || inside.startsWith('^')
  const members = negated ? inside.slice(1) : inside
  const pattern = /\[:(\w+):\]|(?:\\(.)|(.))-(?:\\(.)|(.))|\\(.)|(.)/gsu
  const parts = [...members.matchAll(pattern)].map(
    ([, posix, lowEscaped, low, highEscaped, high, escaped, plain]) => {
      if (posix !== undefined) return POSIX[posix] ?? ''
      const single = escaped ?? plain
      if (single !== undefined) return codeOf(single)
      const [from, to] = [lowEscaped ?? low ?? '', highEscaped ?? high ?? '']
      return from <= to ? `${codeOf(from)}-${codeOf(to)}` : ''
    },
  )
  const body = parts.join('')
  if (body === '') return negated ? '[^]' : '[]'
  return `[${negated ? '^' : ''}${body}]`
}

export function codeOf(char: string): string {
  return `\\u{${(char.codePointAt(0) ?? 0).toString(16)}}`
}
