import { setTimeout as sleep } from 'node:timers/promises'

export interface Pace {
  /** Limits all answers together to so many bytes a second; `undefined` lifts the limit. */
  limit(bytesPerSecond: number | undefined): void
  /** Resolves when so many bytes may be sent. */
  take(bytes: number): Promise<void>
}

/** Timers fire about a millisecond late; a debt this small is carried over instead of slept off. */
const SHORTEST_SLEEP_MS = 5
/** Time that an idle or late link may make up for, so that late timers do not lower the rate. */
const BURST_MS = 20

/** A link that all connections of a server share. */
export function pace(): Pace {
  let bytesPerMs = Number.POSITIVE_INFINITY
  let freeAt = 0
  return {
    limit(bytesPerSecond) {
      bytesPerMs = bytesPerSecond === undefined ? Number.POSITIVE_INFINITY : bytesPerSecond / 1000
      freeAt = 0
    },
    async take(bytes) {
      const now = performance.now()
      freeAt = Math.max(freeAt, now - BURST_MS) + bytes / bytesPerMs
      if (freeAt - now > SHORTEST_SLEEP_MS) await sleep(freeAt - now)
    },
  }
}
