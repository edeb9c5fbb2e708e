import type { Client } from 'pg'
import type { Target } from './target.ts'

export interface ServerFacts {
  /** `16.14` */
  readonly version: string
  /** `160014`, as `server_version_num`. */
  readonly versionNumber: number
}

/** The connections of a run. */
export interface Session {
  readonly target: Target
  readonly server: ServerFacts
  /** True when a transaction pooler stands in between, so nothing may outlive a transaction. */
  readonly pooled: boolean
  /** Runs the migrations. */
  readonly main: Client
  /** For what must not wait behind `main`: who blocks it, which locks it holds, cancelling it. */
  readonly side: Client
  close(): Promise<void>
}
