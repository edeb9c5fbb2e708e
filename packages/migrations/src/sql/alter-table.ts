import { type RiskyChange, risky } from './risky-change.ts'
import type { TokenReader } from './token-reader.ts'

/** The risky changes of one action of ALTER TABLE; `action` reads that action alone. */
export function riskyActions(action: TokenReader, table: string, hasValidated: boolean): RiskyChange[] {
  if (action.accept('DROP')) return dropped(action, table)
  if (action.accept('RENAME')) return renamed(action, table)
  if (action.accept('ALTER')) return altered(action, table, hasValidated)
  return action.accept('ADD') ? added(action, table) : []
}

function dropped(action: TokenReader, table: string): RiskyChange[] {
  if (action.is('CONSTRAINT')) return []
  action.accept('COLUMN')
  action.accept('IF', 'EXISTS')
  const column = action.name()
  return column ? [risky.dropColumn(table, column.written)] : []
}

function renamed(action: TokenReader, table: string): RiskyChange[] {
  if (action.is('CONSTRAINT')) return []
  if (action.accept('TO')) return [risky.renameTable(table, action.name()?.written ?? '')]
  action.accept('COLUMN')
  const column = action.name()
  action.accept('TO')
  return column ? [risky.renameColumn(table, column.written, action.name()?.written ?? '')] : []
}

/** `hasValidated`: a constraint of the table was validated before, by which SET NOT NULL need not read the rows. */
function altered(action: TokenReader, table: string, hasValidated: boolean): RiskyChange[] {
  if (action.is('CONSTRAINT')) return []
  action.accept('COLUMN')
  const column = action.name()?.written ?? ''
  if (action.is('SET', 'NOT', 'NULL')) return hasValidated ? [] : [risky.setNotNull(table, column)]
  return action.is('TYPE') || action.is('SET', 'DATA', 'TYPE') ? [risky.changeType(table, column)] : []
}

function added(action: TokenReader, table: string): RiskyChange[] {
  if (action.accept('CONSTRAINT')) action.name()
  const words = action.words()
  const isDeferred = words.includes(' NOT VALID ') || words.includes(' USING INDEX ')
  if (action.is('FOREIGN', 'KEY')) return isDeferred ? [] : [risky.addForeignKey(table)]
  if (action.is('CHECK')) return isDeferred ? [] : [risky.addCheck(table)]
  if (action.is('UNIQUE')) return isDeferred ? [] : [risky.addUnique(table)]
  if (action.is('PRIMARY', 'KEY')) return isDeferred ? [] : [risky.addPrimaryKey(table)]
  if (action.accept('NOT', 'NULL')) {
    return isDeferred ? [] : [risky.setNotNull(table, action.name()?.written ?? '')]
  }
  return action.is('EXCLUDE') ? [] : addedColumn(action, table)
}

/** Without a default all its values are null, which a foreign key takes unread (documentation of ALTER TABLE, ADD COLUMN). */
function addedColumn(action: TokenReader, table: string): RiskyChange[] {
  action.accept('COLUMN')
  action.accept('IF', 'NOT', 'EXISTS')
  const column = action.name()
  if (!column) return []
  const words = action.words().replace(/ ON (?:DELETE|UPDATE) SET (?:NULL|DEFAULT)(?= )/g, '')
  const hasValues = / (?:DEFAULT|GENERATED|(?:SMALL|BIG)?SERIAL[248]?) /.test(words)
  return [
    ...(words.includes(' NOT NULL ') && !hasValues ? [risky.addRequired(table, column.written)] : []),
    ...(words.includes(' REFERENCES ') && hasValues ? [risky.addForeignKey(table)] : []),
    ...(words.includes(' CHECK ') ? [risky.addCheck(table)] : []),
    ...(words.includes(' UNIQUE ') ? [risky.addUnique(table)] : []),
    ...(words.includes(' PRIMARY KEY ') ? [risky.addPrimaryKey(table)] : []),
  ]
}
