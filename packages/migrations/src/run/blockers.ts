import type { Session } from '../database/session.ts'

/** A session of the server that stands in the way. */
export interface Blocker {
  readonly pid: number
  /** `psql`; empty when it gave no name. */
  readonly application: string
  /** `idle in transaction`, as pg_stat_activity has it; empty when the role may not see it. */
  readonly state: string
  /** ms in that state, or in its transaction. */
  readonly ms: number
  /** Its query, short, on one line and without values; empty when the role may not see it. */
  readonly query: string
  /** Its client's address; empty for a Unix socket, or when the role may not see it. */
  readonly address: string
}

export interface BlockerWatch {
  /** Ends the watch and gives who was seen, each once, the latest sight of each. */
  stop(): Promise<Blocker[]>
}

/** The two keys of the advisory lock of a tracking table. */
export type LockKeys = readonly [classId: number, objectId: number]

export function watchBlockers(_session: Session, _mainPid: number): BlockerWatch {
  throw new Error('not built yet')
}

/** `pid 311 (psql, idle in transaction 4 m)` */
export function describeBlocker(_blocker: Blocker): string {
  throw new Error('not built yet')
}

/** Who holds the migration lock; undefined when it has just been released. */
export async function holderOf(_session: Session, _keys: LockKeys): Promise<Blocker | undefined> {
  throw new Error('not built yet')
}

/** `pid 14000, tokenledger-actions/run-migrations ged1182/TokenLedger#9812/1 from 10.1.0.4, 48 s, running "CREATE INDEX …"` */
export function describeHolder(_holder: Blocker): string {
  throw new Error('not built yet')
}

/** The page of the workflow run that a holder's name tells; empty for any other session. */
export function runUrlOf(_holder: Blocker, _serverUrl: string): string {
  throw new Error('not built yet')
}
