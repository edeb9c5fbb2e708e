import { createHash } from 'node:crypto'
import { UserError } from '@tokenledger/kit'
import type { Session } from '../database/session.ts'
import { type BookkeepingRelation, findBookkeeping } from './bookkeeping.ts'
import { readCatalog } from './catalog/read-catalog.ts'
import { normaliseDump } from './dump-text.ts'
import { findPgDump, runPgDump } from './pg-dump.ts'
import { isPristine } from './pristine.ts'

/** The schema of a database as text that can be compared. */
export interface Schema {
  /** Who rendered it: `pg_dump 16.14` or `catalog`. Texts of different engines cannot be compared. */
  readonly engine: string
  readonly text: string
  /** SHA-256 of the text behind the engine's name and major version: `pg_dump-16:9f…`, `catalog:9f…`. */
  readonly hash: string
  /** Why pg_dump was not used, when it was wanted. */
  readonly reason?: string
}

export interface SchemaOptions {
  /** Tables of migration tools, as SQL spells them; they are left out with all that belongs to them. */
  readonly bookkeeping: readonly string[]
  /** `auto`: pg_dump when it is on PATH and new enough for the server. Default: auto. */
  readonly pgDump?: 'auto' | 'off'
  readonly env: Readonly<Record<string, string | undefined>>
}

/**
 * Reads the schema of a session's database: with pg_dump when that can be used, else from the catalog with the reason.
 * Errors are those of the connection alone; trouble with pg_dump is a reason. A UserError for PostgreSQL 12 without it.
 */
export async function readSchema(session: Session, options: SchemaOptions): Promise<Schema> {
  const leftOut = await findBookkeeping(session.main, options.bookkeeping)
  const dumped = options.pgDump === 'off' ? undefined : await dump(session, leftOut, options.env)
  if (typeof dumped === 'object') return dumped
  if (session.server.versionNumber < 130_000) {
    throw new UserError(
      `The schema of PostgreSQL ${session.server.version} cannot be read here: ${dumped ?? 'pg_dump is turned off'}. From 13 on that works without pg_dump.`,
    )
  }
  const oids = leftOut.map(({ oid }) => oid)
  const text = await readCatalog(session.main, session.server.versionNumber, oids)
  return { ...schemaOf('catalog', text), ...(dumped ? { reason: dumped } : {}) }
}

async function dump(
  session: Session,
  leftOut: readonly BookkeepingRelation[],
  env: SchemaOptions['env'],
): Promise<Schema | string> {
  const pgDump = await findPgDump(env, session.server.versionNumber)
  if (typeof pgDump === 'string') return pgDump
  const done = await runPgDump(pgDump, session.target, leftOut, env)
  return typeof done === 'string' ? done : schemaOf(`pg_dump ${pgDump.version}`, normaliseDump(done.text))
}

function schemaOf(engine: string, text: string): Schema {
  const hash = createHash('sha256').update(text).digest('hex')
  return { engine, text, hash: `${familyOf(engine).replace(' ', '-')}:${hash}` }
}

/** A schema without objects, to compare with one of any engine. */
export const EMPTY_SCHEMA = 'empty'

/**
 * The schema of a database that is going to be changed, without running pg_dump on one that has nothing; which pg_dump there is
 * gets found out meanwhile.
 */
export async function readSchemaBefore(
  session: Session,
  options: SchemaOptions,
): Promise<Schema | typeof EMPTY_SCHEMA> {
  if (!(await isPristine(session.main))) return readSchema(session, options)
  void findPgDump(options.env, session.server.versionNumber).catch(() => undefined)
  return EMPTY_SCHEMA
}

/** `pg_dump 16` of `pg_dump 16.14`: minor releases of an engine write alike. */
export function familyOf(engine: string): string {
  return engine.replace(/\.\d+$/, '')
}
