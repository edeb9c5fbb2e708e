import { offsetOfCharacter } from '../sql/position.ts'
import type { Statement } from '../sql/statement.ts'
import { bodyStart, offsetOfLine } from './plpgsql-body.ts'
import { framesOf } from './plpgsql-context.ts'

/** Of an error or notice of the server, the fields that tell its place (protocol, "Error and Notice Message Fields"). */
export interface ServerPlace {
  readonly position?: string | undefined
  readonly internalPosition?: string | undefined
  readonly internalQuery?: string | undefined
  readonly where?: string | undefined
}

/**
 * Where in a DO statement an error came to be, as an offset in the file's text: the line that the CONTEXT tells, and in
 * that line the place in an SQL expression when the server gives one. Undefined when the statement is no DO block.
 */
export function offsetInBlock(
  { where = '', internalQuery, internalPosition }: ServerPlace,
  text: string,
  statement: Statement,
): number | undefined {
  const frames = framesOf(where)
  const end = statement.offset + statement.text.length
  let block: { readonly offset: number; readonly text: string } | undefined = statement
  let place: number | undefined
  // From the outermost block inwards, as long as the text of the next one is found in the file.
  for (const frame of frames.toReversed()) {
    const start = frame.inline && block ? bodyStart(block.text) : undefined
    if (!block || start === undefined || frame.line === undefined) break
    const line = offsetOfLine(text.slice(0, end), block.offset + start, frame.line)
    if (line === undefined) break
    place = line
    const nested = frame.statement === undefined ? -1 : text.indexOf(frame.statement, line)
    block =
      frame.statement && nested >= 0 && nested < end ? { offset: nested, text: frame.statement } : undefined
  }
  // A query of a function that the block calls is not in the block.
  const ofBlock = frames[0]?.inline === true && place !== undefined
  if (!ofBlock || place === undefined || !internalQuery || !internalPosition) return place
  return offsetInQuery(text.slice(0, end), place, internalQuery, Number(internalPosition)) ?? place
}

/**
 * Finds the place in the query as the block spells it. PL/pgSQL sends most expressions as they stand, PERFORM with SELECT
 * instead, and SELECT … INTO without its target; then the query is equal to the block's text up to the place at least.
 */
function offsetInQuery(text: string, from: number, query: string, character: number): number | undefined {
  const place = offsetOfCharacter(query, character)
  const whole = text.indexOf(query, from)
  if (whole >= 0) return whole + place
  const performed = query.startsWith('SELECT') ? performedAt(text, from, query.slice('SELECT'.length)) : -1
  if (performed >= 0) return performed + place - 'SELECT'.length
  const word = /^(?:\w+|.)/su.exec(query.slice(place))?.[0] ?? ''
  const beginning = text.indexOf(query.slice(0, place + word.length), from)
  return beginning < 0 ? undefined : beginning + place
}

/** Where `rest` stands right after the word PERFORM; -1 when it does not. */
function performedAt(text: string, from: number, rest: string): number {
  for (let at = text.indexOf(rest, from); at >= 0; at = text.indexOf(rest, at + 1)) {
    if (/\bperform$/i.test(text.slice(from, at))) return at
  }
  return -1
}
