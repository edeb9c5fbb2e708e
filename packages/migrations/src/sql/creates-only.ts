import { significantTokens, wordOf } from './scanner.ts'
import type { Statement } from './statement.ts'
import { TokenReader } from './token-reader.ts'

/** At the top of CREATE TABLE they make it of, or for, something that may be there already. */
const FROM_ELSEWHERE = /\b(?:AS|OF|INHERITS|PARTITION|EXISTS|TEMP|TEMPORARY)\b/
/** Anywhere in it. */
const OTHER_TABLES: readonly string[] = ['REFERENCES', 'LIKE']

/**
 * Whether statements make nothing but tables of their own and indexes on these, so that they lock no relation that was there
 * before: no foreign key, no copy of another table, no IF NOT EXISTS. Names are compared as they are written. Functions of the
 * project do not run in them; those of event triggers would.
 */
export function createsOnly(statements: readonly Statement[]): boolean {
  const created = new Set<string>()
  return statements.every(({ text }) => {
    const reader = new TokenReader(text)
    if (!reader.accept('CREATE')) return false
    return reader.is('TABLE') ? isOwnTable(reader, text, created) : isIndexOn(reader, created)
  })
}

function isOwnTable(reader: TokenReader, text: string, created: Set<string>): boolean {
  if (FROM_ELSEWHERE.test(reader.words())) return false
  if (significantTokens(text).some(token => OTHER_TABLES.includes(wordOf(text, token)))) return false
  reader.accept('TABLE')
  const table = reader.name()
  if (table) created.add(table.written)
  return table !== undefined
}

function isIndexOn(reader: TokenReader, created: ReadonlySet<string>): boolean {
  reader.accept('UNIQUE')
  if (!reader.accept('INDEX') || reader.is('CONCURRENTLY') || reader.is('IF')) return false
  if (!reader.is('ON')) reader.name()
  return reader.accept('ON') && created.has(reader.name()?.written ?? '')
}
