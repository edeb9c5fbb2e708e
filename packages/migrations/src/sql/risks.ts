import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import { riskyActions } from './alter-table.ts'
import { asProblems } from './finding.ts'
import { type RiskyChange, risky } from './risky-change.ts'
import { type Token, tokenAt } from './scanner.ts'
import { takeApart } from './split.ts'
import type { Statement } from './statement.ts'
import { TokenReader } from './token-reader.ts'

/**
 * Warnings about changes that fail or stall those who use the database while the migration runs, for the files that are new, in
 * their order. What happens to a table that the same files create is no risk: nobody uses it yet. `-- squawk-ignore <rules>`
 * directly before a statement or an action of ALTER TABLE silences the rules that it names.
 */
export function riskyChanges(migrations: readonly Migration[]): Problem[] {
  const tables = new KnownTables()
  return migrations.flatMap(migration => {
    const { asides } = takeApart(migration.text)
    const ignored = ignoredRules(migration.text, asides)
    const findings = migration.statements.flatMap(statement =>
      changesOf(statement, tables).filter(
        ({ offset, rule }) => ![statement.offset, offset].some(place => ignored.get(place)?.has(rule)),
      ),
    )
    return asProblems(
      migration,
      findings.map(({ offset, rule, message }) => ({ offset, message: `${message} [${rule}]` })),
    )
  })
}

/** The rules that comments silence, by the offset of what follows the comments. */
function ignoredRules(text: string, asides: readonly Token[]): ReadonlyMap<number, ReadonlySet<string>> {
  const ignored = new Map<number, Set<string>>()
  for (const { start, end } of asides) {
    const [, list] =
      /^(?:--|\/\*)\s*squawk-ignore\s+([\w\s,-]+)/.exec(text.slice(start, Math.min(end, start + 1000))) ?? []
    if (list === undefined) continue
    const place = nextSql(text, end)
    const rules = ignored.get(place) ?? new Set()
    for (const rule of list.split(/[\s,]+/)) rules.add(rule)
    ignored.set(place, rules)
  }
  return ignored
}

function nextSql(text: string, from: number): number {
  let token = tokenAt(text, from)
  while (token?.kind === 'space' || token?.kind === 'comment') token = tokenAt(text, token.end)
  return token?.start ?? text.length
}

interface PlacedChange extends RiskyChange {
  /** In the file, in UTF-16 units. */
  readonly offset: number
}

/** What the statements so far tell about tables, by {@link Name}'s key. */
class KnownTables {
  /** Created by the files themselves. */
  readonly created = new Set<string>()
  readonly validated = new Set<string>()
}

function changesOf(statement: Statement, tables: KnownTables): PlacedChange[] {
  const { offset, text } = statement
  if (!/^(?:create|alter|drop)\b/i.test(text)) return []
  const reader = new TokenReader(text)
  const here = (changes: readonly RiskyChange[]) => changes.map(change => ({ ...change, offset }))
  if (reader.accept('CREATE')) return here(created(reader, tables))
  if (reader.accept('DROP', 'TABLE')) return here(droppedTables(reader, tables))
  return reader.accept('ALTER', 'TABLE') ? altered(reader, statement, tables) : []
}

function created(reader: TokenReader, { created }: KnownTables): RiskyChange[] {
  if (reader.accept('UNIQUE', 'INDEX') || reader.accept('INDEX')) return createdIndex(reader, created)
  for (const word of ['GLOBAL', 'LOCAL', 'TEMPORARY', 'TEMP', 'UNLOGGED', 'FOREIGN', 'MATERIALIZED']) {
    reader.accept(word)
  }
  if (!reader.accept('TABLE') && !reader.accept('VIEW')) return []
  reader.accept('IF', 'NOT', 'EXISTS')
  const table = reader.name()
  if (table) created.add(table.key)
  return []
}

/** An index ON ONLY a partitioned table reads no rows (documentation of CREATE INDEX). */
function createdIndex(reader: TokenReader, created: ReadonlySet<string>): RiskyChange[] {
  if (reader.accept('CONCURRENTLY')) return []
  reader.accept('IF', 'NOT', 'EXISTS')
  if (!reader.is('ON')) reader.name()
  reader.accept('ON')
  if (reader.is('ONLY')) return []
  const table = reader.name()
  return table && !created.has(table.key) ? [risky.createIndex(table.written)] : []
}

function droppedTables(reader: TokenReader, { created }: KnownTables): RiskyChange[] {
  reader.accept('IF', 'EXISTS')
  const tables = reader.items().flatMap(item => item.name() ?? [])
  return tables.filter(({ key }) => !created.delete(key)).map(({ written }) => risky.dropTable(written))
}

function altered(reader: TokenReader, { offset }: Statement, tables: KnownTables): PlacedChange[] {
  reader.accept('IF', 'EXISTS')
  reader.accept('ONLY')
  const table = reader.name()
  reader.accept('*')
  if (!table) return []
  if (tables.created.has(table.key)) {
    const to = reader.accept('RENAME', 'TO') ? reader.name() : undefined
    if (to) tables.created.add(to.key)
    return []
  }
  return reader.items().flatMap(action => {
    const place = offset + action.offset
    if (action.is('VALIDATE')) tables.validated.add(table.key)
    const changes = riskyActions(action, table.written, tables.validated.has(table.key))
    return changes.map(change => ({ ...change, offset: place }))
  })
}
