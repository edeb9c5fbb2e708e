import type { Target } from './target.ts'

export interface GuardOptions {
  readonly allowRemote: boolean
  /** The input expect-database; empty when not given. */
  readonly expectDatabase: string
  readonly eventName: string
  readonly eventPayload: unknown
  /** Addresses of a host name; DNS when absent. */
  readonly lookup?: (host: string) => Promise<readonly string[]>
  /** How long a name may stay unknown, in ms (default 10 000). */
  readonly lookupWaitMs?: number
}

/** Whether the target is local or remote; a UserError when a run must not touch it. */
export async function requireAllowed(_target: Target, _options: GuardOptions): Promise<'local' | 'remote'> {
  throw new Error('not built yet')
}
