import type { Statement } from './statement.ts'

/** A quote or comment that the end of the file closes, and where it opened. */
export interface Unterminated {
  readonly what: 'quoted string' | 'quoted identifier' | 'dollar-quoted string' | 'comment'
  /** In UTF-16 units. */
  readonly offset: number
}

export interface SplitText {
  readonly statements: Statement[]
  readonly unterminated?: Unterminated
}

export function split(_text: string): SplitText {
  throw new Error('not built yet')
}
