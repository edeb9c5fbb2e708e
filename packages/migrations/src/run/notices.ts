import type { ClientBase } from 'pg'
import type { Migration } from '../files/migration.ts'
import type { Position } from '../problem.ts'
import type { Statement } from '../sql/statement.ts'

/** What the server said while a file ran. */
export interface Notice {
  readonly severity: 'NOTICE' | 'WARNING' | 'INFO' | 'LOG' | 'DEBUG'
  readonly message: string
  readonly position?: Position
}

export interface NoticeCollector {
  /** Tells which statement runs from now on, for the place of what the server says. */
  during(statement: Statement): void
  /** Ends the collection. */
  stop(): { readonly notices: readonly Notice[]; readonly dropped: number }
}

export function collectNotices(_client: ClientBase, _migration: Migration): NoticeCollector {
  throw new Error('not built yet')
}
