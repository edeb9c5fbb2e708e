import { diffSchemas } from './diff-schemas.ts'
import { normaliseDump } from './dump-text.ts'
import { familyOf, type Schema } from './read-schema.ts'

export const SCHEMA_DRIFT = ['error', 'warn', 'off'] as const
export type SchemaDrift = (typeof SCHEMA_DRIFT)[number]

export interface SchemaFileResult {
  readonly verdict: 'same' | 'warned' | 'failed' | 'off'
  /** What is wrong and the remedy, or that file and database agree. */
  readonly message: string
  readonly diff?: string
}

export interface SchemaFileWish {
  /** Path of the committed file relative to the repository, for messages. */
  readonly path: string
  /** Text of the committed file; undefined when there is none. */
  readonly text: string | undefined
  readonly drift: SchemaDrift
  /** Where the fresh dump lies, for the remedy. */
  readonly freshPath: string
}

const CATALOG_LINE = '-- Rendered by tokenledger-actions from the catalog'

/** The text that belongs into a committed schema file: the schema behind a line that names the engine. */
export function schemaFileText({ engine, text }: Schema): string {
  const line = engine === 'catalog' ? CATALOG_LINE : `-- Dumped by ${engine.replace(' ', ' version ')}`
  return `${line}\n\n${text}`
}

/**
 * Compares a committed schema file, a plain output of pg_dump or one of {@link schemaFileText}, with the schema of the
 * database. What cannot be compared counts as drift.
 */
export function compareSchemaFile(schema: Schema, wish: SchemaFileWish): SchemaFileResult {
  const { path, freshPath, drift } = wish
  if (drift === 'off') return { verdict: 'off', message: `${path} is not compared: schema-drift is off.` }
  const bad = drift === 'error' ? 'failed' : 'warned'
  const remedy = `Copy ${freshPath} over it and commit it.`
  if (wish.text === undefined) {
    return { verdict: bad, message: `${path} does not exist. Copy ${freshPath} there and commit it.` }
  }
  const text = normaliseDump(wish.text)
  if (text === schema.text) return { verdict: 'same', message: `${path} is the schema of the database.` }
  const writer = writerOf(wish.text)
  const unlike = writer ? familyOf(writer) !== familyOf(schema.engine) : schema.engine === 'catalog'
  if (unlike) {
    return { verdict: bad, message: `${path} ${unlikeText(writer, schema)} ${orRemedy(writer, remedy)}` }
  }
  const labels = { before: path, after: 'database' }
  const { diff, added, removed, onlyOrder } = diffSchemas({ engine: schema.engine, text }, schema, labels)
  if (onlyOrder) {
    const message = `${path} and the database have the same columns in another order. ${remedy}`
    return { verdict: 'warned', message, diff }
  }
  const message = `${path} is not the schema of the database: +${added} −${removed} lines. ${remedy}`
  return { verdict: bad, message, diff }
}

function writerOf(text: string): string | undefined {
  if (text.includes(CATALOG_LINE)) return 'catalog'
  const version = /^-- Dumped by pg_dump version (\S+)/m.exec(text)?.[1]
  return version && `pg_dump ${version}`
}

function unlikeText(writer: string | undefined, { engine, reason }: Schema): string {
  const wrote =
    writer === 'catalog' ? 'was rendered from the catalog' : `was written by ${writer ?? 'pg_dump'}`
  const here =
    engine === 'catalog'
      ? `only the catalog can be read here${reason ? ` (${reason})` : ''}`
      : `the schema is read by ${engine} here`
  return `${wrote}, but ${here}, so the two cannot be compared.`
}

function orRemedy(writer: string | undefined, remedy: string): string {
  if (writer === 'catalog') return remedy
  return `Put ${writer ? familyOf(writer).replace(' ', ' of PostgreSQL ') : 'pg_dump'} on PATH. Or: ${remedy}`
}
