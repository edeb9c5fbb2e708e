import type { Migration } from '../files/migration.ts'
import type { Problem } from '../problem.ts'
import { copyThroughClient } from './copy.ts'
import { directiveFindings, NO_TRANSACTION } from './directives.ts'
import { asProblems, type Finding } from './finding.ts'
import { refusedInTransaction, spelled } from './outside-transaction.ts'
import { psqlFindings } from './psql.ts'
import { type SqlText, takeApart, type Unterminated } from './split.ts'
import type { Statement } from './statement.ts'

/**
 * Everything that is wrong with a file's structure and can be known before any connection, each with its place: what only psql
 * understands, transaction control, statements that cannot run as the file says, directives that would not be read, quotes
 * without an end, an encoding that is not UTF-8. Empty when the file can be run.
 */
export function structuralProblems(migration: Migration, file = takeApart(migration.text)): Problem[] {
  const encoding = encodingFindings(migration.text)
  if (encoding.length > 0) return asProblems(migration, encoding)
  return asProblems(migration, [
    ...(file.unterminated ? [unterminatedFinding(migration.text, file.unterminated)] : []),
    ...psqlFindings(migration.text, file),
    ...directiveFindings(migration.text, file),
    ...file.statements.flatMap(statement => statementFindings(statement, migration.transactional)),
    ...(migration.transactional ? [] : noTransactionFindings(file)),
    ...emptyFindings(file),
  ])
}

function encodingFindings(text: string): Finding[] {
  const offset = text.search(/[\0\ufffd]/)
  if (offset < 0) return []
  return text[offset] === '\0'
    ? [{ offset, message: 'NUL byte, which SQL cannot hold (UTF-16?). Save the file as UTF-8.' }]
    : [{ offset, message: 'This is not UTF-8. Save the file as UTF-8.' }]
}

function unterminatedFinding(text: string, { what, offset }: Unterminated): Finding {
  const delimiter = /^\$[^$]*\$/.exec(text.slice(offset, offset + 80))?.[0]
  const ends = { 'quoted string': "'", 'quoted identifier': '"', comment: '*/' }
  const end = what === 'dollar-quoted string' ? (delimiter ?? '$$') : ends[what]
  return { offset, message: `Unterminated ${what}: it opens here and no ${end} closes it.` }
}

const TRANSACTION_CONTROL =
  /^(?:(BEGIN|END|ABORT|COMMIT|ROLLBACK)(?! (?:PREPARED|(?:(?:WORK|TRANSACTION) )?TO) )|(START TRANSACTION|PREPARE TRANSACTION)) /

function statementFindings(statement: Statement, transactional: boolean): Finding[] {
  const { offset } = statement
  const control = transactionControl(statement)
  if (control) {
    const why = transactional
      ? 'the runner opens the transaction itself'
      : 'this file runs without a transaction'
    return [{ offset, message: `${control}: ${why}. Remove BEGIN/COMMIT.` }]
  }
  const direction = copyThroughClient(statement)
  if (direction) {
    const remedy = direction === 'FROM stdin' ? 'use INSERT' : 'remove it'
    return [{ offset, message: `COPY … ${direction} is not supported; ${remedy}.` }]
  }
  const refused = transactional ? refusedInTransaction(statement) : undefined
  if (!refused) return []
  const remedy = `Put it alone in its file with the first line "${NO_TRANSACTION}".`
  return [{ offset, message: `${refused} cannot run in a transaction. ${remedy}` }]
}

/** The command that opens or ends a transaction; savepoints are none. */
function transactionControl(statement: Statement): string | undefined {
  if (!/^(?:begin|end|abort|commit|rollback|start|prepare)\b/i.test(statement.text)) return undefined
  const [, word, phrase] = TRANSACTION_CONTROL.exec(spelled(statement)) ?? []
  return word ?? phrase
}

/** A failure between two statements would leave the first one done and not recorded. */
function noTransactionFindings({ statements }: SqlText): Finding[] {
  const lost = statements.filter(({ text }) => /^set\s+(?:local|transaction)\b/i.test(text))
  const real = statements.filter(one => !/^(?:re)?set\b/i.test(one.text) && !transactionControl(one))
  const second = real[1]
  const rule = `a file with "${NO_TRANSACTION}" holds one statement besides SET, and this one has ${real.length}`
  return [
    ...lost.map(({ offset }) => ({
      offset,
      message: 'SET LOCAL has no effect without a transaction. Use SET.',
    })),
    ...(second
      ? [{ offset: second.offset, message: `Second statement: ${rule}. Move it to another file.` }]
      : []),
  ]
}

function emptyFindings({ statements, asides, unterminated }: SqlText): Finding[] {
  const explained =
    statements.length > 0 || unterminated || asides.some(aside => aside.kind === 'meta-command')
  return explained
    ? []
    : [{ offset: 0, message: 'The file holds no statement. Write one, or delete the file.' }]
}
