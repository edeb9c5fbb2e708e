import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import { excerptAt, positionAt } from './position.ts'

/** What is wrong at an offset, in UTF-16 units, of a text. */
export interface Finding {
  readonly offset: number
  readonly message: string
}

/** Findings as problems of a file, in the order of their places. */
export function asProblems({ path, text }: Migration, findings: readonly Finding[]): Problem[] {
  return [...findings]
    .sort((a, b) => a.offset - b.offset)
    .map(({ offset, message }) => {
      const position = positionAt(text, offset)
      return { path, position, message, excerpt: excerptAt(text, position) }
    })
}
