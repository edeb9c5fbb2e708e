import type { Schema } from './read-schema.ts'

export interface SchemaDiff {
  readonly equal: boolean
  /** True when the same columns stand in another order and nothing else differs. */
  readonly onlyOrder: boolean
  /** Unified diff, cut to a number of bytes; empty when equal. */
  readonly diff: string
  /** Lines, also those that were cut. */
  readonly added: number
  readonly removed: number
}

export interface DiffLabels {
  readonly before: string
  readonly after: string
}

/** Compares two schemas of the same engine. */
export function diffSchemas(
  _before: Pick<Schema, 'engine' | 'text'>,
  _after: Pick<Schema, 'engine' | 'text'>,
  _labels: DiffLabels,
  _budget = 60_000,
): SchemaDiff {
  throw new Error('not built yet')
}
