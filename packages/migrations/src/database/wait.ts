import type { ServerFacts } from './session.ts'
import type { Target } from './target.ts'

export interface WaitOptions {
  readonly timeoutMs: number
  readonly applicationName: string
  readonly say: (line: string) => void
  /** False for a run that only reads: a standby will do then. Default: true. */
  readonly writes?: boolean
  /** Ends the wait when the job is cancelled. */
  readonly signal?: AbortSignal
}

export interface Waited {
  readonly waitedMs: number
  readonly attempts: number
  readonly server: ServerFacts
}

/** Logs in over TCP until the database answers a query. A UserError when it never will, or not within `timeoutMs`. */
export async function waitForDatabase(_target: Target, _options: WaitOptions): Promise<Waited> {
  throw new Error('not built yet')
}
