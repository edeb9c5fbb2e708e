import type { Migration } from '../files/migration.ts'
import type { Statement } from '../sql/statement.ts'
import type { Frame } from './plpgsql-context.ts'

/** Comments and names are passed over; groups: 1 a dollar quote, 2 a string's opening quote. */
const OPENING =
  /--[^\n]*|\/\*[\s\S]*?\*\/|"[^"]*"|(\$(?:[a-z_\u0080-\uffff][\w\u0080-\uffff]*)?\$)|(\b[eun]&?'|')(?:[^'\\]|''|\\[\s\S])*'/gi

/**
 * Where the body of a DO or CREATE FUNCTION statement starts, in UTF-16 units: right after its opening `$$` or quote. That
 * place is line 1 of the body. Undefined when its lines are not those of the file, as in `E'…\n…'`.
 */
export function bodyStart(text: string): number | undefined {
  const isFunction = /^\s*create\b/i.test(text)
  for (const match of text.matchAll(OPENING)) {
    const [, dollar, quote] = match
    if (dollar) return match.index + dollar.length
    if (!quote) continue
    const before = text.slice(0, match.index)
    const isBody = isFunction ? /\bas\s*$/i.test(before) : !/\blanguage\s*$/i.test(before)
    if (isBody) return quote === "'" ? match.index + 1 : undefined
  }
  return undefined
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
  const part = String.raw`(?:"(?:[^"]|"")+"|[\w$\u0080-\uffff]+)`
  const pattern = new RegExp(
    String.raw`^create\s+(?:or\s+replace\s+)?(?:function|procedure)\s+(?:${part}\s*\.\s*)?(${part})\s*\(`,
    'i',
  )
  const name = pattern.exec(text)?.[1]
  if (!name?.startsWith('"')) return name?.toLowerCase()
  return /^"[a-z_][a-z0-9_$]*"$/.test(name) ? name.slice(1, -1) : name
}

/** Whether a frame names this function; before the name may stand any language's word, with no space in between. */
function isCalled(frame: string, name: string | undefined): boolean {
  if (!name) return false
  const at = frame.indexOf(`${name}(`)
  return at >= 0 && !/[a-z0-9_$"]/i.test(frame[at - 1] ?? '')
}
