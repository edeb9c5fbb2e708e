export type TokenKind =
  | 'word' // identifier without quotes, or keyword
  | 'quoted identifier'
  | 'quoted string' // '…', E'…', U&'…', B'…', X'…'
  | 'dollar-quoted string'
  | 'number'
  | 'parameter' // $1
  | 'operator'
  | 'punctuation' // one of ( ) [ ] , . ; :
  | 'meta-command' // psql's \command, up to the end of its line
  | 'comment'
  | 'space'
  | 'other' // what no token of SQL starts with

/** A piece of SQL text; offsets are in UTF-16 units. */
export interface Token {
  readonly kind: TokenKind
  readonly start: number
  readonly end: number
  /** False for a quote or comment that runs into the end of the text. */
  readonly closed: boolean
}

const SPACE = /[ \t\n\r\f\v]+/y
// PostgreSQL takes every byte above 127 for a letter, a no-break space too.
const WORD = /[A-Za-z_\u0080-\uffff][A-Za-z0-9_$\u0080-\uffff]*/y
const NUMBER =
  /(?:0[xXoObB][0-9a-fA-F_]+|(?:[0-9][0-9_]*(?:\.(?!\.)[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][+-]?[0-9]+)?)[A-Za-z_\u0080-\uffff]*/y
const OPERATOR = /[~!@#^&|`?+\-*/%<>=]+/y
const DOLLAR_DELIMITER = /\$(?:[A-Za-z_\u0080-\uffff][A-Za-z0-9_\u0080-\uffff]*)?\$/y
const PARAMETER = /\$[0-9]+/y
const LINE_END = /[\r\n]/g
const COMMENT_MARK = /\/\*|\*\//g
const QUOTE_OR_ESCAPE = /[\\']/g
const BYTE_ORDER_MARK = '\ufeff'

/**
 * The token that starts at `start`, by the rules of PostgreSQL's scan.l with standard_conforming_strings on, and psql's for
 * meta-commands. Undefined at the end of the text. Reads each character of a token a fixed number of times.
 */
export function tokenAt(text: string, start: number): Token | undefined {
  if (start >= text.length) return undefined
  const [first, second] = [text[start] as string, text[start + 1]]
  if (start === 0 && first === BYTE_ORDER_MARK) return { kind: 'space', start, end: 1, closed: true }
  switch (first) {
    case "'":
      return quoted(text, start, start + 1, false)
    case '"':
      return identifier(text, start, start + 1)
    case '$':
      return dollar(text, start)
    case '\\':
      return { kind: 'meta-command', start, end: lineEnd(text, start), closed: true }
  }
  if ('()[],;:'.includes(first)) return { kind: 'punctuation', start, end: start + 1, closed: true }
  if (first === '-' && second === '-')
    return { kind: 'comment', start, end: lineEnd(text, start), closed: true }
  if (first === '/' && second === '*') return blockComment(text, start)
  return (
    prefixed(text, start) ??
    matched(SPACE, 'space', text, start) ??
    matched(WORD, 'word', text, start) ??
    matched(NUMBER, 'number', text, start) ??
    operator(text, start) ?? {
      kind: first === '.' ? 'punctuation' : 'other',
      start,
      end: start + 1,
      closed: true,
    }
  )
}

/** Strings and identifiers whose quote follows a letter: E'', B'', X'', U&'', U&"". */
function prefixed(text: string, start: number): Token | undefined {
  const [first, second] = [text[start] as string, text[start + 1]]
  if (second === "'" && 'eEbBxX'.includes(first)) {
    return quoted(text, start, start + 2, first === 'e' || first === 'E')
  }
  if ((first !== 'u' && first !== 'U') || second !== '&') return undefined
  if (text[start + 2] === "'") return quoted(text, start, start + 3, false)
  return text[start + 2] === '"' ? identifier(text, start, start + 3) : undefined
}

/**
 * A string up to its last quote; `body` is where the first quote's content starts. A string goes on in the way it began when
 * only blanks, comments and at least one line end stand before the next quote (documentation, "String Constants").
 */
function quoted(text: string, start: number, body: number, escapes: boolean): Token {
  const kind = 'quoted string'
  for (let from = body; ; ) {
    const quote = escapes ? quoteAfterEscapes(text, from) : text.indexOf("'", from)
    if (quote < 0) return { kind, start, end: text.length, closed: false }
    const next = text[quote + 1] === "'" ? quote + 1 : nextLineQuote(text, quote + 1)
    if (next < 0) return { kind, start, end: quote + 1, closed: true }
    from = next + 1
  }
}

function quoteAfterEscapes(text: string, from: number): number {
  QUOTE_OR_ESCAPE.lastIndex = from
  for (;;) {
    const found = QUOTE_OR_ESCAPE.exec(text)
    if (!found || found[0] === "'") return found?.index ?? -1
    QUOTE_OR_ESCAPE.lastIndex = found.index + 2
  }
}

function nextLineQuote(text: string, from: number): number {
  let at = skip(SPACE, text, from)
  while (text.startsWith('--', at)) at = skip(SPACE, text, lineEnd(text, at))
  return text[at] === "'" && /[\r\n]/.test(text.slice(from, at)) ? at : -1
}

function identifier(text: string, start: number, body: number): Token {
  const kind = 'quoted identifier'
  for (let from = body; ; ) {
    const quote = text.indexOf('"', from)
    if (quote < 0) return { kind, start, end: text.length, closed: false }
    if (text[quote + 1] !== '"') return { kind, start, end: quote + 1, closed: true }
    from = quote + 2
  }
}

function dollar(text: string, start: number): Token {
  const body = skip(DOLLAR_DELIMITER, text, start)
  if (body === start) {
    const end = Math.max(skip(PARAMETER, text, start), start + 1)
    return { kind: end === start + 1 ? 'other' : 'parameter', start, end, closed: true }
  }
  const delimiter = text.slice(start, body)
  const close = text.indexOf(delimiter, body)
  const kind = 'dollar-quoted string'
  if (close < 0) return { kind, start, end: text.length, closed: false }
  return { kind, start, end: close + delimiter.length, closed: true }
}

function blockComment(text: string, start: number): Token {
  COMMENT_MARK.lastIndex = start + 2
  for (let depth = 1; depth > 0; ) {
    const mark = COMMENT_MARK.exec(text)
    if (!mark) return { kind: 'comment', start, end: text.length, closed: false }
    depth += mark[0] === '/*' ? 1 : -1
    if (depth === 0) break
  }
  return { kind: 'comment', start, end: COMMENT_MARK.lastIndex, closed: true }
}

/** A run of operator characters ends where a comment starts in it. */
function operator(text: string, start: number): Token | undefined {
  const end = skip(OPERATOR, text, start)
  if (end === start) return undefined
  const comment = text.slice(start, end).search(/--|\/\*/)
  return { kind: 'operator', start, end: comment > 0 ? start + comment : end, closed: true }
}

function matched(pattern: RegExp, kind: TokenKind, text: string, start: number): Token | undefined {
  const end = skip(pattern, text, start)
  return end === start ? undefined : { kind, start, end, closed: true }
}

/** Where the match of a sticky pattern at `from` ends; `from` when there is none. */
function skip(pattern: RegExp, text: string, from: number): number {
  pattern.lastIndex = from
  return pattern.test(text) ? pattern.lastIndex : from
}

function lineEnd(text: string, from: number): number {
  LINE_END.lastIndex = from
  return LINE_END.exec(text)?.index ?? text.length
}

/** A word in upper case, as keywords are compared; empty for every other kind of token. */
export function wordOf(text: string, token: Token): string {
  return token.kind === 'word' ? text.slice(token.start, token.end).toUpperCase() : ''
}

/** The tokens of a text without blanks and comments. */
export function significantTokens(text: string): Token[] {
  const tokens: Token[] = []
  for (let token = tokenAt(text, 0); token; token = tokenAt(text, token.end)) {
    if (token.kind !== 'space' && token.kind !== 'comment') tokens.push(token)
  }
  return tokens
}
