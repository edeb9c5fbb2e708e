import type { Client } from 'pg'
import type { Target } from './target.ts'

export interface ConnectOptions {
  /** Longest time until the login is done, in ms. */
  readonly timeoutMs: number
}

/** Logs in. Throws what the server or the system says, without the target's password. */
export async function connect(
  _target: Target,
  _applicationName: string,
  _options: ConnectOptions,
): Promise<Client> {
  throw new Error('not built yet')
}
