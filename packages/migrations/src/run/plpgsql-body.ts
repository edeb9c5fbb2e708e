import type { Migration } from '../files/migration.ts'
import { significantTokens, wordOf } from '../sql/scanner.ts'
import type { Statement } from '../sql/statement.ts'
import type { Frame } from './plpgsql-context.ts'

/**
 * Where the body of a DO or CREATE FUNCTION statement starts, in UTF-16 units: right after its opening `$$` or quote. That
 * place is line 1 of the body. Undefined when its lines need not be those of the file, as in `E'…\n…'`.
 */
export function bodyStart(text: string): number | undefined {
  const tokens = significantTokens(text)
  const isDo = tokens[0] && wordOf(text, tokens[0]) === 'DO'
  const body = tokens.find(({ kind }, index) => {
    const before = tokens[index - 1]
    const word = before ? wordOf(text, before) : ''
    return kind.endsWith('string') && (isDo ? word !== 'LANGUAGE' : word === 'AS')
  })
  if (body?.kind === 'dollar-quoted string') return text.indexOf('$', body.start + 1) + 1
  return body && text[body.start] === "'" ? body.start + 1 : undefined
}

/** Offset of the first token of a line of a body; PL/pgSQL counts line feeds alone, so CRLF needs no care. */
export function offsetOfLine(text: string, start: number, line: number): number | undefined {
  let at = start
  for (let n = 1; n < line; n++) {
    const end = text.indexOf('\n', at)
    if (end < 0) return undefined
    at = end + 1
  }
  const token = /\S/g
  token.lastIndex = at
  return token.exec(text)?.index ?? at
}

/** The function that a frame is about, when the file creates it at or before `statement`, and the line in the file's text. */
export function functionInFile(
  frame: Frame,
  migration: Migration,
  statement: Statement,
): { readonly name: string; readonly offset: number } | undefined {
  const { line } = frame
  if (frame.inline || line === undefined) return undefined
  const created = migration.statements.findLast(
    ({ text, offset }) => offset <= statement.offset && isCalled(frame.text, createdName(text)),
  )
  const start = created && bodyStart(created.text)
  if (!created || start === undefined) return undefined
  const offset = offsetOfLine(migration.text, created.offset + start, line)
  return offset === undefined ? undefined : { name: createdName(created.text) ?? '', offset }
}

/** The name in CREATE FUNCTION or PROCEDURE without its schema, as PostgreSQL prints it: `f` or `"My f"`. */
function createdName(text: string): string | undefined {
  if (!/^create\s+(?:or\s+replace\s+)?(?:function|procedure)\s/i.test(text)) return undefined
  const tokens = significantTokens(text)
  const parenthesis = tokens.findIndex(({ start }) => text[start] === '(')
  const token = tokens[parenthesis - 1]
  const name = token && text.slice(token.start, token.end)
  if (!name?.startsWith('"')) return name?.toLowerCase()
  return /^"[a-z_][a-z0-9_$]*"$/.test(name) ? name.slice(1, -1) : name
}

/** Whether a frame names this function; before the name may stand any language's word, with no space in between. */
function isCalled(frame: string, name: string | undefined): boolean {
  if (!name) return false
  const at = frame.indexOf(`${name}(`)
  return at >= 0 && !/[a-z0-9_$"]/i.test(frame[at - 1] ?? '')
}
