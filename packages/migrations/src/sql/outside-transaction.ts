import { significantTokens, wordOf } from './scanner.ts'
import type { Statement } from './statement.ts'

const OPTIONS = String.raw`(?:\( [^)]*\) )?`

/** Statements that PostgreSQL refuses in a transaction block, by their name in its message (25001). */
const REFUSED: readonly (readonly [name: string, pattern: RegExp, unless?: RegExp])[] = [
  ['CREATE INDEX CONCURRENTLY', /^CREATE (?:UNIQUE )?INDEX CONCURRENTLY /],
  ['DROP INDEX CONCURRENTLY', /^DROP INDEX CONCURRENTLY /],
  ['REINDEX CONCURRENTLY', new RegExp(`^REINDEX ${OPTIONS}\\w+ CONCURRENTLY `)],
  ['REINDEX CONCURRENTLY', /^REINDEX \((?: [^)]*,)? CONCURRENTLY (?!FALSE|OFF|0|'FALSE'|'OFF'|'0')/],
  ['REINDEX SCHEMA', new RegExp(`^REINDEX ${OPTIONS}SCHEMA `)],
  ['REINDEX DATABASE', new RegExp(`^REINDEX ${OPTIONS}DATABASE `)],
  ['REINDEX SYSTEM', new RegExp(`^REINDEX ${OPTIONS}SYSTEM `)],
  ['VACUUM', /^VACUUM /],
  ['CREATE DATABASE', /^CREATE DATABASE /],
  ['DROP DATABASE', /^DROP DATABASE /],
  ['ALTER DATABASE … SET TABLESPACE', /^ALTER DATABASE \S+ SET TABLESPACE /],
  ['CREATE TABLESPACE', /^CREATE TABLESPACE /],
  ['DROP TABLESPACE', /^DROP TABLESPACE /],
  ['ALTER SYSTEM', /^ALTER SYSTEM /],
  ['CLUSTER without a table', new RegExp(`^CLUSTER (?:VERBOSE )?${OPTIONS}$`)],
  ['ALTER TABLE … DETACH PARTITION … CONCURRENTLY', /^ALTER TABLE .* DETACH PARTITION .*CONCURRENTLY $/],
  [
    'CREATE SUBSCRIPTION with its slot',
    /^CREATE SUBSCRIPTION /,
    / (?:CREATE_SLOT|CONNECT) = '?(?:FALSE|OFF|0)\b/,
  ],
  ['ALTER SUBSCRIPTION … REFRESH', /^ALTER SUBSCRIPTION \S+ REFRESH PUBLICATION /],
  [
    'ALTER SUBSCRIPTION … PUBLICATION with refresh',
    /^ALTER SUBSCRIPTION \S+ (?:SET|ADD|DROP) PUBLICATION /,
    / REFRESH = '?(?:FALSE|OFF|0)\b/,
  ],
  ['ALTER SUBSCRIPTION … SET (failover)', /^ALTER SUBSCRIPTION \S+ SET \(.* FAILOVER /],
  [
    'ALTER SUBSCRIPTION … SET (two_phase)',
    /^ALTER SUBSCRIPTION \S+ SET \(.* TWO_PHASE = '?(?:FALSE|OFF|0)\b/,
  ],
  ['DISCARD ALL', /^DISCARD ALL /],
  ['COMMIT PREPARED', /^COMMIT PREPARED /],
  ['ROLLBACK PREPARED', /^ROLLBACK PREPARED /],
]

const FIRST_WORDS = /^(?:create|drop|alter|reindex|vacuum|cluster|discard|commit|rollback)\b/i
/** Each of them holds one of these words, and hardly any other statement does; the rest is not taken apart again. */
const THEIR_WORDS =
  /concurrently|schema|database|system|vacuum|tablespace|cluster|subscription|discard|prepared/i

/**
 * The name of a statement that cannot run in a transaction block; undefined for one that can. Those that depend on the state of
 * the database are let through: DROP SUBSCRIPTION (its slot), CLUSTER and REINDEX of a partitioned table. Source: the callers
 * of PreventInTransactionBlock in PostgreSQL, tried on PostgreSQL 16 and 18.
 */
export function refusedInTransaction(statement: Statement): string | undefined {
  if (!FIRST_WORDS.test(statement.text) || !THEIR_WORDS.test(statement.text)) return undefined
  const words = spelled(statement)
  return REFUSED.find(([, pattern, unless]) => pattern.test(words) && !unless?.test(words))?.[0]
}

/** The statement with one blank behind each token, words in upper case, and nothing in quoted identifiers. */
export function spelled({ text }: Statement): string {
  return significantTokens(text)
    .map(token => {
      if (token.kind === 'quoted identifier') return '"" '
      return `${wordOf(text, token) || text.slice(token.start, token.end).toUpperCase()} `
    })
    .join('')
}
