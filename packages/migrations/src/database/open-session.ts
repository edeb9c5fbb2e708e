import type { Session } from './session.ts'
import type { Target } from './target.ts'

export interface OpenOptions {
  readonly applicationName: string
  /** Longest time until both logins are done, in ms (default 30 000). */
  readonly timeoutMs?: number
}

/** Opens both connections of a run and finds out what stands behind them. */
export async function openSession(_target: Target, _options: OpenOptions): Promise<Session> {
  throw new Error('not built yet')
}
