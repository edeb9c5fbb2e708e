import type { ClientBase } from 'pg'

/** An index that PostgreSQL keeps up to date and does not use: CREATE INDEX CONCURRENTLY failed half-way. */
export interface InvalidIndex {
  readonly index: string
  readonly table: string
  readonly unique: boolean
}

/** A constraint that holds for new rows alone, until VALIDATE CONSTRAINT. */
export interface NotValidConstraint {
  readonly constraint: string
  readonly table: string
}

export async function invalidIndexes(_client: ClientBase): Promise<InvalidIndex[]> {
  throw new Error('not built yet')
}

export async function notValidConstraints(_client: ClientBase): Promise<NotValidConstraint[]> {
  throw new Error('not built yet')
}

/** What `after` has and `before` had not. */
export function newlyInvalid(
  _before: readonly InvalidIndex[],
  _after: readonly InvalidIndex[],
): InvalidIndex[] {
  throw new Error('not built yet')
}

/** `Index tu on t is INVALID after 004_idx.sql. DROP INDEX CONCURRENTLY tu; …` */
export function describeInvalid(_index: InvalidIndex, _fileName: string): string {
  throw new Error('not built yet')
}
