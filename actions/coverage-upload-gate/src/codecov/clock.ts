import { setTimeout as sleep } from 'node:timers/promises'

/** The time that an upload may take as a whole, and the last thing that cost some of it. */
export interface Clock {
  /** Aborts when the time is up or the caller gives up. */
  readonly signal: AbortSignal
  leftMs(): number
  /** Waits; throws when the signal aborts meanwhile. */
  pause(ms: number): Promise<void>
  /** Keeps what went wrong last, to be told when the time is up. */
  note(trouble: string): void
  lastTrouble(): string | undefined
}

export function startClock(budgetMs: number, caller: AbortSignal): Clock {
  const end = performance.now() + budgetMs
  const signal = AbortSignal.any([caller, AbortSignal.timeout(budgetMs)])
  let trouble: string | undefined
  return {
    signal,
    leftMs: () => Math.max(0, end - performance.now()),
    pause: ms => sleep(ms, undefined, { signal }),
    note: what => {
      trouble = what
    },
    lastTrouble: () => trouble,
  }
}
