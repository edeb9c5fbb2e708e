/** What PostgreSQL, psql and psycopg call the fields that quote rows, and SQLAlchemy the values of a statement. */
const ROW_FIELD = /^\s*(?:DETAIL|CONTEXT|WHERE|CONTEXTE|KONTEXT):|^\[(?:parameters|SQL):/

/** A line that begins something else, so that a field of several lines ends before it. */
const NEXT = /^\s*(?:[A-Z][A-Z ]{3,}:|LINE \d+:)|^\S+:\d+(?::\d+)?:? |^\[|^$|^\(Background/

/**
 * Text of the server or of a tool without the rows that it quotes: `DETAIL: Key (email)=(a@example.org) already exists`, `CONTEXT: COPY
 * users, line 3: …`, `[parameters: …]`, and the value at the end of a data exception (`invalid input syntax for type
 * integer: "…"`). For the summary of a run on a remote database, which more people read than the database; the log keeps it all.
 */
export function withoutRowValues(text: string): string {
  const kept: string[] = []
  let inField = false
  for (const line of text.split('\n')) {
    inField = ROW_FIELD.test(line) || (inField && !NEXT.test(line))
    if (!inField) kept.push(withoutValue(line))
  }
  return kept.join('\n')
}

/** SQLSTATE class 22: the value stands quoted behind the last colon, or behind a date or number it does not fit. */
function withoutValue(line: string): string {
  return line.replace(
    /((?:invalid (?:input (?:syntax|value) for|byte sequence for|text representation)|value|date\/time field value|malformed \w+ literal|time zone displacement)[^"]*?)(?:(: )"(?:[^"]|"")*"|"(?:[^"]|"")*"(?= is out of range))/,
    (_, before: string, colon = '') => `${before}${colon}…`,
  )
}
