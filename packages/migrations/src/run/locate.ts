import { isNativeError } from 'node:util/types'
import { messageOf } from '@tokenledger/kit'
import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import { excerptAt, offsetOfCharacter, positionAt } from '../sql/position.ts'
import type { Statement } from '../sql/statement.ts'
import { functionInFile } from './plpgsql-body.ts'
import { framesOf } from './plpgsql-context.ts'
import { offsetInBlock, type ServerPlace } from './plpgsql-place.ts'

/** The text that the server got, and where it starts in the file, in UTF-16 units; negative when something is put before. */
export interface SentText {
  readonly text: string
  readonly offset: number
}

/** A failure of the server with its place in a migration. */
export interface LocatedProblem extends Problem {
  /** The server's DETAIL: it can hold values of rows, so it is for the log of a local run alone. */
  readonly detail?: string
}

/**
 * A failure as a problem of its file: `syntax error at or near "int" (42601)` with the place of, in this order, the
 * position in the text that was sent, the line inside a DO block, the start of the statement.
 *
 * @param statement the one that ran; without it an error that has no position has no place
 * @param sent what the server got (default: the statement's text, else the file's)
 */
export function problemOf(
  error: unknown,
  migration: Migration,
  statement?: Statement,
  sent?: SentText,
): LocatedProblem {
  const fields = (isNativeError(error) ? error : {}) as ServerFailure
  const offset = placeOf(fields, migration, statement, sent)
  const position = offset === undefined ? undefined : positionAt(migration.text, offset)
  return {
    path: migration.path,
    message: messageWith(messageOf(error), fields, migration, statement),
    ...(position ? { position, excerpt: excerptAt(migration.text, position) } : {}),
    ...(fields.detail ? { detail: fields.detail } : {}),
  }
}

interface ServerFailure extends ServerPlace {
  readonly code?: string
  readonly hint?: string
  readonly detail?: string
}

function messageWith(
  message: string,
  { code, hint, where = '' }: ServerFailure,
  migration: Migration,
  statement?: Statement,
): string {
  const [innermost] = framesOf(where)
  const called = innermost && statement ? functionInFile(innermost, migration, statement) : undefined
  const parts = [
    message.trimEnd(),
    code && !message.includes(code) ? ` (${code})` : '',
    called ? `, in function ${called.name}, line ${positionAt(migration.text, called.offset).line}` : '',
    // The full stop is left to who adds a sentence, as with the message itself.
    hint ? `. Hint: ${hint.replace(/\.\s*$/, '')}` : '',
  ]
  return parts.join('')
}

/** Where in the file's text, in UTF-16 units, an error or notice belongs; undefined when nothing tells. */
export function placeOf(
  fields: ServerPlace,
  migration: Migration,
  statement?: Statement,
  sent: SentText = statement ?? { text: migration.text, offset: 0 },
): number | undefined {
  if (fields.position) {
    const offset = sent.offset + offsetOfCharacter(sent.text, Number(fields.position))
    return Math.min(Math.max(offset, statement?.offset ?? 0), migration.text.length)
  }
  return statement && (offsetInBlock(fields, migration.text, statement) ?? statement.offset)
}
