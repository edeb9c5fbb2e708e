import { copyDataEnd, copyThroughClient } from './copy.ts'
import { type Token, tokenAt, wordOf } from './scanner.ts'
import type { Statement } from './statement.ts'

/** A quote or comment that is still open at the end of a file. */
export interface Unterminated {
  readonly what: 'quoted string' | 'quoted identifier' | 'dollar-quoted string' | 'comment'
  /** Where it opened, in UTF-16 units. */
  readonly offset: number
}

export interface SplitText {
  readonly statements: Statement[]
  readonly unterminated?: Unterminated
}

/** A file taken apart, with what stands between or within its statements and is no SQL. */
export interface SqlText extends SplitText {
  /** Comments and psql's meta-commands in their order. */
  readonly asides: readonly Token[]
}

/**
 * Takes a file apart at the semicolons that end statements; offsets are in UTF-16 units. Semicolons in parentheses and in the
 * body of an SQL function (BEGIN ATOMIC … END) end nothing, as in psql. Comments and semicolons alone are no statement; psql's
 * meta-commands and the rows after COPY … FROM stdin belong to none. Time is linear in the text. Throws nothing: a quote or
 * comment without an end is part of the result.
 */
export function split(text: string): SplitText {
  const { asides: _, ...rest } = takeApart(text)
  return rest
}

/** {@link split} with the comments and meta-commands. */
export function takeApart(text: string): SqlText {
  const statements: Statement[] = []
  const asides: Token[] = []
  let open = new OpenStatement(text)
  let unterminated: Unterminated | undefined
  let seenLastData = false
  for (let token = tokenAt(text, 0); token; ) {
    let next = token.end
    if (!token.closed) unterminated = { what: token.kind as Unterminated['what'], offset: token.start }
    if (token.kind === 'comment' || token.kind === 'meta-command') asides.push(token)
    else if (token.kind !== 'space' && open.take(token)) {
      const statement = open.statement()
      if (statement) statements.push(statement)
      if (statement && !seenLastData && copyThroughClient(statement) === 'FROM stdin') {
        const dataEnd = copyDataEnd(text, next)
        seenLastData = dataEnd === undefined
        next = dataEnd ?? next
      }
      open = new OpenStatement(text)
    }
    token = tokenAt(text, next)
  }
  const last = open.statement()
  if (last) statements.push(last)
  return { statements, asides, ...(unterminated ? { unterminated } : {}) }
}

/** The statement that the scanner is in, with what decides whether a semicolon ends it. */
class OpenStatement {
  readonly #text: string
  #start = -1
  #end = -1
  #parentheses = 0
  /** BEGIN ATOMIC and the CASEs in its body, all of which END closes. */
  #blocks = 0
  #creates = false
  /** The last two tokens in upper case, kept in statements with CREATE alone. */
  #before = ['', ''] as [string, string]

  constructor(text: string) {
    this.#text = text
  }

  statement(): Statement | undefined {
    return this.#start < 0
      ? undefined
      : { text: this.#text.slice(this.#start, this.#end), offset: this.#start }
  }

  /** Takes the next token of SQL; true when it is the semicolon that ends the statement. */
  take(token: Token): boolean {
    if (token.kind === 'punctuation') {
      const mark = this.#text[token.start]
      if (mark === ';' && this.#parentheses === 0 && this.#blocks === 0) return true
      if (mark === '(') this.#parentheses++
      if (mark === ')' && this.#parentheses > 0) this.#parentheses--
    }
    if (this.#start < 0) {
      this.#start = token.start
      this.#creates = wordOf(this.#text, token) === 'CREATE'
    }
    this.#end = token.end
    if (this.#creates) this.#follow(token)
    return false
  }

  /** Counts the blocks of a function's body. After AS or a point, these words are names. */
  #follow(token: Token): void {
    const [earlier, before] = this.#before
    const word = wordOf(this.#text, token)
    this.#before = [before, word || (this.#text[token.start] as string)]
    if (this.#parentheses > 0 || isLabelled(before)) return
    if (word === 'ATOMIC' && before === 'BEGIN' && !isLabelled(earlier)) this.#blocks++
    else if (word === 'CASE' && this.#blocks > 0) this.#blocks++
    else if (word === 'END' && this.#blocks > 0) this.#blocks--
  }
}

const isLabelled = (before: string) => before === 'AS' || before === '.'
