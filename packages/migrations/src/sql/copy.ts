import { significantTokens, wordOf } from './scanner.ts'
import type { Statement } from './statement.ts'

/** `FROM stdin` or `TO stdout` of a COPY, which only a client such as psql can serve; PostgreSQL takes both words for both. */
export function copyThroughClient({ text }: Statement): 'FROM stdin' | 'TO stdout' | undefined {
  if (!/^copy\b/i.test(text)) return undefined
  let depth = 0
  let before = ''
  for (const token of significantTokens(text)) {
    const mark = text[token.start]
    if (mark === '(') depth++
    if (mark === ')') depth--
    const word = wordOf(text, token)
    if (depth === 0 && (word === 'STDIN' || word === 'STDOUT')) {
      if (before === 'FROM') return 'FROM stdin'
      if (before === 'TO') return 'TO stdout'
    }
    before = word
  }
  return undefined
}

const END_OF_DATA = /^\\\.(?=[\r\n]|$)/gm

/** The end of the line `\.` behind which SQL goes on after COPY … FROM stdin with its rows, as in a dump; undefined without one. */
export function copyDataEnd(text: string, from: number): number | undefined {
  END_OF_DATA.lastIndex = from
  return END_OF_DATA.test(text) ? END_OF_DATA.lastIndex : undefined
}
