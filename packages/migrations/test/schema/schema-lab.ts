import { openSession } from '../../src/database/open-session.ts'
import { parseTarget } from '../../src/database/parse-target.ts'
import type { Session } from '../../src/database/session.ts'
import { readSchema, type Schema } from '../../src/schema/read-schema.ts'
import { BASE, RESET } from './corpus.ts'

export const BOOKKEEPING = ['public.tokenledger_migrations', 'alembic_version']

export function sessionTo(url: string): Promise<Session> {
  return openSession(parseTarget({ url, env: {} }), { applicationName: 'schema test' })
}

/** One database in which schemas are made, read and taken away again. */
export interface SchemaLab {
  /** The schema of `base` and then `change`, by the catalog or by pg_dump. */
  render(change?: string, base?: string): Promise<Schema>
  dump(change?: string, base?: string): Promise<Schema>
  readonly session: Session
}

/** `visitor` is a role that exists on the server for the time of the test. */
export async function schemaLab(url: string): Promise<SchemaLab> {
  const session = await sessionTo(url)
  const make = async (change: string, base: string) => {
    await session.main.query(RESET)
    for (const sql of [base, change]) if (sql) await session.main.query(sql)
  }
  const read = (pgDump: 'auto' | 'off') =>
    readSchema(session, { bookkeeping: BOOKKEEPING, pgDump, env: { PATH: process.env.PATH } })
  return {
    session,
    render: async (change = '', base = BASE) => {
      await make(change, base)
      return read('off')
    },
    dump: async (change = '', base = BASE) => {
      await make(change, base)
      return read('auto')
    },
  }
}
