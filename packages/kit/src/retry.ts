import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryPolicy {
  /** Calls at the most, the first one included. */
  readonly attempts: number
  /** Wait before the second call in ms; doubles for each further one. */
  readonly delayMs: number
  readonly isRetryable: (error: unknown) => boolean
}

/** Calls `operation` until it succeeds, fails for good, or `attempts` are used up; then its last error is thrown. */
export async function retry<T>(operation: () => Promise<T>, policy: RetryPolicy): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await operation()
    } catch (error) {
      if (attempt >= policy.attempts || !policy.isRetryable(error)) throw error
      await sleep(policy.delayMs * 2 ** (attempt - 1))
    }
  }
}
