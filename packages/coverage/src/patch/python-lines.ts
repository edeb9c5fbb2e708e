/** Where the scanner is: between brackets of an f-string's expression, in a string's text, or in a format after `:`. */
type Frame =
  | { readonly kind: 'expression'; readonly depth: number }
  | { readonly kind: 'format' }
  | { readonly kind: 'string'; readonly quote: string; readonly formatted: boolean }

const WORD = /[\p{ID_Continue}]+/uy
const QUOTE = /'''|"""|'|"/y
const JOINED = /\\\r?\n/y
const PREFIX = /^(?:[bfrtu]|[bft]r|r[bft])$/i

/**
 * For each physical line of a Python source, numbered from 1, the first line of the statement that it is a part of; 0 for
 * blank lines and comments, which are no part of any, also between brackets. A line inside of a string is a part whatever it
 * looks like.
 *
 * These are the logical lines of the language reference (2.1: brackets, strings and a backslash join lines), by which
 * coverage.py reports a statement at its first line (coverage/parser.py). f-strings are read as Python 3.12 does (PEP 701),
 * which older valid sources agree with. A source with syntax errors gives something, and no exception.
 */
export function statementStarts(source: string): Uint32Array {
  return new LogicalLines(source).read()
}

class LogicalLines {
  readonly #source: string
  readonly #starts: Uint32Array
  readonly #frames: Frame[] = []
  #at = 0
  #line = 1
  /** First line of the statement under way, 0 between statements. */
  #start = 0
  #depth = 0

  constructor(source: string) {
    this.#source = source
    this.#starts = new Uint32Array(source.split('\n').length + 1)
  }

  read(): Uint32Array {
    while (this.#at < this.#source.length) {
      const frame = this.#frames.at(-1)
      if (!frame || frame.kind === 'expression') this.#code(frame)
      else this.#text(frame)
    }
    return this.#starts
  }

  #code(frame: (Frame & { kind: 'expression' }) | undefined): void {
    const char = this.#source.charAt(this.#at)
    if (char === '\n') this.#newline()
    else if (' \t\f\r\ufeff'.includes(char)) this.#at++
    else if (char === '#') this.#at = this.#endOfLine()
    else if (char === '\\') this.#joinLines()
    else if (frame && this.#depth === frame.depth && (char === '}' || char === ':')) this.#leave(char)
    else this.#token(char)
  }

  #newline(): void {
    if (this.#depth === 0 && this.#frames.length === 0) this.#start = 0
    this.#step('\n')
  }

  /** A backslash before the first token of a statement is no part of it: the statement begins on the next line. */
  #joinLines(): void {
    if (this.#start > 0) this.#mark()
    if (this.#match(JOINED) === '') this.#at++
    else this.#line++
  }

  #token(char: string): void {
    this.#mark()
    const word = this.#match(WORD)
    const quote = word === '' || PREFIX.test(word) ? this.#match(QUOTE) : ''
    if (quote !== '') {
      this.#frames.push({ kind: 'string', quote, formatted: /[ft]/i.test(word) })
    } else if (word === '') {
      if ('([{'.includes(char)) this.#depth++
      if (')]}'.includes(char)) this.#depth = Math.max(0, this.#depth - 1)
      this.#at++
    }
  }

  /** The end of an f-string's expression, or the `:` before its format. */
  #leave(char: string): void {
    this.#mark()
    this.#at++
    if (char === '}') this.#frames.pop()
    else this.#frames.push({ kind: 'format' })
  }

  #text(frame: Exclude<Frame, { kind: 'expression' }>): void {
    this.#mark()
    const char = this.#source.charAt(this.#at)
    if (frame.kind === 'format') this.#format(char)
    else if (this.#source.startsWith(frame.quote, this.#at)) {
      this.#frames.pop()
      this.#at += frame.quote.length
    } else if (char === '\\') this.#escape(frame)
    else if (char === '{' && frame.formatted) this.#brace()
    else if (char === '\n' && frame.quote.length === 1)
      this.#frames.pop() // unterminated
    else this.#step(char)
  }

  #format(char: string): void {
    if (char === '}') this.#frames.splice(-2) // the format and the expression that it belongs to
    if (char === '{') this.#expression()
    else this.#step(char)
  }

  /** `\{` still begins an expression. The name in `\N{EM DASH}` is read as one, which does no harm. */
  #escape({ formatted }: Frame & { kind: 'string' }): void {
    this.#at++
    if (this.#source.startsWith('\r\n', this.#at)) this.#at++
    if (this.#source.charAt(this.#at) !== '{' || !formatted) this.#step(this.#source.charAt(this.#at))
  }

  #brace(): void {
    if (this.#source.startsWith('{{', this.#at)) this.#at += 2
    else this.#expression()
  }

  #expression(): void {
    this.#at++
    this.#frames.push({ kind: 'expression', depth: this.#depth })
  }

  #step(char: string): void {
    this.#at++
    if (char === '\n') this.#line++
  }

  #mark(): void {
    if (this.#start === 0) this.#start = this.#line
    this.#starts[this.#line] = this.#start
  }

  #match(pattern: RegExp): string {
    pattern.lastIndex = this.#at
    const [text = ''] = pattern.exec(this.#source) ?? []
    this.#at += text.length
    return text
  }

  #endOfLine(): number {
    const end = this.#source.indexOf('\n', this.#at)
    return end < 0 ? this.#source.length : end
  }
}
