import type { ClientBase } from 'pg'
import type { Migration } from '../files/migration.ts'
import type { Position } from '../problem.ts'
import { positionAt } from '../sql/position.ts'
import type { Statement } from '../sql/statement.ts'
import { placeOf } from './locate.ts'
import type { ServerPlace } from './plpgsql-place.ts'

export type NoticeSeverity = 'WARNING' | 'NOTICE' | 'INFO' | 'LOG' | 'DEBUG'

/** What the server said while a file ran. */
export interface Notice {
  readonly severity: NoticeSeverity
  readonly message: string
  readonly position?: Position
}

export interface NoticeCollector {
  /** Tells which statement runs from now on, for the places. */
  during(statement: Statement | undefined): void
  /** Ends the collection; `dropped` were said after the limit was reached. */
  stop(): { readonly notices: readonly Notice[]; readonly dropped: number }
}

/** A loop can say a million things; the first ones tell what goes on. */
const LIMIT = 50
const LONGEST_MESSAGE = 1000

interface ServerNotice extends ServerPlace {
  readonly message?: string | undefined
  readonly severity?: string | undefined
  readonly code?: string | undefined
  readonly hint?: string | undefined
}

/**
 * Collects what the server says on `client` besides results, as `RAISE NOTICE` and "relation … already exists, skipping", until
 * `stop`. A place is the server's own, the line in a DO block, or the start of the statement that runs. DETAIL is left out, as
 * it can hold values of rows.
 */
export function collectNotices(client: ClientBase, migration: Migration): NoticeCollector {
  const notices: Notice[] = []
  let said = 0
  let running: Statement | undefined
  const listener = (notice: ServerNotice) => {
    said += 1
    if (notices.length < LIMIT) notices.push(noticeOf(notice, migration, running))
  }
  client.on('notice', listener)
  return {
    during: statement => {
      running = statement
    },
    stop: () => {
      client.removeListener('notice', listener)
      return { notices, dropped: said - notices.length }
    },
  }
}

function noticeOf(notice: ServerNotice, migration: Migration, statement: Statement | undefined): Notice {
  const { message = '', hint } = notice
  const offset = placeOf(notice, migration, statement)
  const text = hint ? `${message}. Hint: ${hint}` : message
  return {
    severity: severityOf(notice),
    message: text.length > LONGEST_MESSAGE ? `${text.slice(0, LONGEST_MESSAGE)}…` : text,
    ...(offset === undefined ? {} : { position: positionAt(migration.text, offset) }),
  }
}

/** The severity comes in the server's language; SQLSTATE does not, and its class 00 is for what is no warning. */
function severityOf({ severity = '', code = '00000' }: ServerNotice): NoticeSeverity {
  const name = severity.replace(/\d$/, '')
  const known = (['WARNING', 'NOTICE', 'INFO', 'LOG', 'DEBUG'] as const).find(word => word === name)
  return known ?? (code.startsWith('00') ? 'NOTICE' : 'WARNING')
}
