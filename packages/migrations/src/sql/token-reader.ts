import { significantTokens, type Token, wordOf } from './scanner.ts'

/** A relation or column as a statement names it. */
export interface Name {
  /** As written: `public."Calls"`. */
  readonly written: string
  /** Equal for two spellings of one relation: case is folded outside of quotes, and `public.` is left out. */
  readonly key: string
}

/** Reads a statement's tokens from the left. */
export class TokenReader {
  readonly #text: string
  readonly #tokens: readonly Token[]
  #next = 0

  constructor(text: string, tokens: readonly Token[] = significantTokens(text)) {
    this.#text = text
    this.#tokens = tokens
  }

  /** Offset of the next token in the text, in UTF-16 units. */
  get offset(): number {
    return this.#tokens[this.#next]?.start ?? this.#text.length
  }

  is(...words: readonly string[]): boolean {
    return words.every((word, ahead) => this.#spelling(this.#next + ahead) === word)
  }

  /** Passes over the words or marks when they come next, all of them or none; true when it did. */
  accept(...words: readonly string[]): boolean {
    const found = this.is(...words)
    if (found) this.#next += words.length
    return found
  }

  /** Passes over a name with its schema, if one comes next. */
  name(): Name | undefined {
    const start = this.offset
    const parts: string[] = []
    let end = start
    do {
      const token = this.#tokens[this.#next]
      if (token?.kind !== 'word' && token?.kind !== 'quoted identifier') return undefined
      this.#next++
      end = token.end
      const part = this.#text.slice(token.start, token.end)
      parts.push(token.kind === 'word' ? part.toLowerCase() : part.slice(1, -1).replaceAll('""', '"'))
    } while (this.accept('.'))
    const key = parts.at(-2) === 'public' ? parts.slice(-1) : parts
    return { written: this.#text.slice(start, end), key: JSON.stringify(key) }
  }

  /** The rest, cut at the commas outside of parentheses. */
  items(): TokenReader[] {
    const items: Token[][] = [[]]
    for (const { token, depth } of this.#rest()) {
      if (depth === 0 && this.#text[token.start] === ',') items.push([])
      else items.at(-1)?.push(token)
    }
    return items.map(tokens => new TokenReader(this.#text, tokens))
  }

  /** The words of the rest outside of parentheses, in upper case with one blank around each. */
  words(): string {
    const words = [...this.#rest()].map(({ token, depth }) => (depth === 0 ? wordOf(this.#text, token) : ''))
    return ` ${words.filter(Boolean).join(' ')} `
  }

  *#rest(): Generator<{ readonly token: Token; readonly depth: number }> {
    let depth = 0
    for (const token of this.#tokens.slice(this.#next)) {
      const mark = this.#text[token.start]
      if (mark === ')') depth--
      yield { token, depth }
      if (mark === '(') depth++
    }
  }

  #spelling(index: number): string {
    const token = this.#tokens[index]
    if (!token || token.kind === 'quoted identifier') return ''
    return wordOf(this.#text, token) || this.#text.slice(token.start, token.end)
  }
}
