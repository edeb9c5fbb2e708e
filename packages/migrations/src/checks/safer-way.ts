import type { MeasuredLock } from '../run/applied.ts'

/**
 * What to write in place of a statement that holds up others. `statement` begins with it and may go on. The ways are those
 * of PostgreSQL's documentation: CREATE INDEX "Building Indexes Concurrently", ALTER TABLE "Notes".
 */
export function saferWay(statement: string, { rewritten, mode }: MeasuredLock): string {
  const sql = statement.replace(/;[\s\S]*/, '').replaceAll(/\s+/g, ' ')
  if (rewritten) {
    return 'Add a new column, fill it in batches, and drop the old one in a later release.'
  }
  if (/^CREATE (UNIQUE )?INDEX/i.test(sql)) {
    return 'Use CREATE INDEX CONCURRENTLY, alone in a file that begins with "-- migrate:no-transaction".'
  }
  if (/^DROP INDEX/i.test(sql)) {
    return 'Use DROP INDEX CONCURRENTLY, alone in a file that begins with "-- migrate:no-transaction".'
  }
  if (/^REINDEX|^REFRESH MATERIALIZED/i.test(sql)) return 'Use its CONCURRENTLY form.'
  if (/SET NOT NULL/i.test(sql)) {
    return 'Add CHECK (column IS NOT NULL) NOT VALID, validate it in a later file, and set NOT NULL after that.'
  }
  if (/ADD (CONSTRAINT|CHECK|FOREIGN|UNIQUE|PRIMARY)/i.test(sql)) return constraintWay(sql)
  if (/^(VACUUM|CLUSTER)/i.test(sql)) return 'Run it outside of migrations, when nobody waits.'
  if (mode === 'AccessExclusiveLock') {
    return 'It is short here; keep it apart from slow statements, since the lock lasts until the end of its file.'
  }
  return 'Keep it apart from slow statements, since the lock lasts until the end of its file.'
}

function constraintWay(sql: string): string {
  if (/ADD (CONSTRAINT \S+ )?(UNIQUE|PRIMARY)/i.test(sql)) {
    return 'Build the index with CREATE UNIQUE INDEX CONCURRENTLY, then ADD CONSTRAINT … USING INDEX.'
  }
  if (/NOT VALID/i.test(sql)) {
    return 'It is short here; keep it apart from slow statements, since the lock lasts until the end of its file.'
  }
  return 'Add it with NOT VALID, and VALIDATE CONSTRAINT in a later file.'
}
