import type { DisposablePostgres } from '@tokenledger/postgres-server'
import { writeFiles } from '@tokenledger/testkit'

/** Thirty files: tables with rows, changes of them, a slow statement, an index built concurrently. */
export function thirtyFiles(root: string): void {
  const files: Record<string, string> = {}
  for (let number = 1; number <= 30; number++) {
    files[`migrations/${String(number).padStart(3, '0')}_step.sql`] = stepOf(number)
  }
  writeFiles(root, files)
}

function stepOf(number: number): string {
  if (number === 12) return 'SELECT pg_sleep(0.15);\nCREATE TABLE slow (id int);\nSELECT pg_sleep(0.15);\n'
  if (number === 20) return '-- migrate:no-transaction\nCREATE INDEX CONCURRENTLY t1_v ON t1 (v);\n'
  if (number % 5 === 0)
    return `ALTER TABLE t${number - 1} ADD note text DEFAULT 'n';\nUPDATE t${number - 1} SET v = v || '!';\n`
  return `CREATE TABLE t${number} (id int PRIMARY KEY, v text);\nINSERT INTO t${number} SELECT n, 'v' || n FROM generate_series(1, 2000) n;\n`
}

/** All that thirty files make, as one text: columns, constraints, indexes with their state, and what the rows add up to. */
export async function fingerprint(server: DisposablePostgres, url: string): Promise<string> {
  const catalog = await server.query(
    `SELECT 'column' AS kind, attrelid::regclass::text || '.' || attname || ' ' || format_type(atttypid, atttypmod) AS what
     FROM pg_attribute JOIN pg_class c ON c.oid = attrelid WHERE relnamespace = 'public'::regnamespace AND attnum > 0 AND relkind = 'r'
     UNION ALL SELECT 'constraint', conrelid::regclass::text || ' ' || pg_get_constraintdef(oid) FROM pg_constraint
     WHERE connamespace = 'public'::regnamespace
     UNION ALL SELECT 'index', pg_get_indexdef(indexrelid) || ' ' || indisvalid FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
     WHERE relnamespace = 'public'::regnamespace
     UNION ALL SELECT 'comment', description FROM pg_description WHERE objoid >= 16384
     UNION ALL SELECT 'migration', name || ' ' || checksum FROM tokenledger_migrations
     ORDER BY 1, 2`,
    url,
  )
  const rows = await server.query(
    `SELECT relname, (xpath('//v/text()', query_to_xml(format('SELECT count(*) || sum(length(v))::text AS v FROM %I', relname), false, true, '')))[1]::text AS sum
     FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r' AND relname ~ '^t[0-9]' ORDER BY 1`,
    url,
  )
  return [...catalog, ...rows].map(row => JSON.stringify(row)).join('\n')
}
