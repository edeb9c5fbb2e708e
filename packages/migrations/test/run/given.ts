import type { DisposablePostgres } from '@tokenledger/postgres-server'
import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'
import type { Session } from '../../src/database/session.ts'
import { checksumOf } from '../../src/files/file-text.ts'
import type { Migration } from '../../src/files/migration.ts'
import { trackingTable } from '../../src/record/tracking-table.ts'
import type { AppliedMigration } from '../../src/run/applied.ts'
import { isTransactional } from '../../src/sql/directives.ts'
import { split } from '../../src/sql/split.ts'
import type { ApplyOptions } from '../../src/tool.ts'

export const TABLE = trackingTable()

/** A file as the folder's reader gives it: `migration('002_b', 'CREATE TABLE b();')`. */
export function migration(name: string, text: string): Migration {
  const label = /^\d+/.exec(name)?.[0] ?? '0'
  return {
    version: BigInt(label),
    label,
    name,
    path: `migrations/${name}.sql`,
    text,
    checksum: checksumOf(text),
    transactional: isTransactional(text),
    statements: split(text).statements,
  }
}

export interface Given {
  readonly options: ApplyOptions
  readonly applied: AppliedMigration[]
  readonly said: string[]
}

/** Options with short waits, and what the runner says and reports through them. */
export function given(overrides: Partial<ApplyOptions> = {}): Given {
  const applied: AppliedMigration[] = []
  const said: string[] = []
  const options: ApplyOptions = {
    transaction: 'file',
    lockWaitMs: 20_000,
    lockTimeoutMs: 5000,
    lockRetries: 5,
    statementTimeoutMs: 0,
    measure: 'files',
    runner: 'tokenledger-actions/run-migrations acme/shop#12/1',
    runUrl: 'https://github.com/acme/shop/actions/runs/12',
    signal: new AbortController().signal,
    say: line => said.push(line),
    onApplied: one => applied.push(one),
    ...overrides,
  }
  return { options, applied, said }
}

export function sessionOn(url: string): Promise<Session> {
  return openSession(parseTarget({ url, env: {} }), {
    applicationName: 'tokenledger-actions/run-migrations acme/shop#12/1',
  })
}

/** Names in the tracking table, in order; undefined without a table. */
export async function recordedNames(server: DisposablePostgres, url: string): Promise<string[] | undefined> {
  const [table] = await server.query(`SELECT to_regclass('${TABLE.qualified}') AS found`, url)
  if (!table?.found) return undefined
  const rows = await server.query(`SELECT name FROM ${TABLE.qualified} ORDER BY version`, url)
  return rows.map(({ name }) => String(name))
}
