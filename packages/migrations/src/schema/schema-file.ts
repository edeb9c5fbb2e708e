import type { Schema } from './read-schema.ts'

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

/** The text that belongs into a committed schema file: the schema behind a line that names the engine. */
export function schemaFileText(_schema: Schema): string {
  throw new Error('not built yet')
}

/** Compares a committed schema file with the schema of the database. */
export function compareSchemaFile(_schema: Schema, _wish: SchemaFileWish): SchemaFileResult {
  throw new Error('not built yet')
}
