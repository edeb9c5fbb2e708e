import { http } from '@tokenledger/kit'
import type { Clock } from './clock.ts'
import type { Answer } from './exchange.ts'

const MOST_TRIES = 3

export interface Persistence {
  readonly clock: Clock
  /** First pause in ms; it doubles. */
  readonly backOffMs: number
  /** How to name an answer of 500 or more. */
  readonly describe: (answer: Answer) => string
  readonly say: (line: string) => void
}

/**
 * Sends until an answer below 500 comes, three times at the most; then the last answer comes back, or its HttpError is
 * thrown. A certificate that is refused, or an address that is none, is not tried again.
 */
export async function persist(send: () => Promise<Answer>, options: Persistence): Promise<Answer> {
  const { clock, backOffMs, describe, say } = options
  for (let attempt = 1; ; attempt++) {
    const result = await send().catch(asRetryable)
    if (!(result instanceof http.HttpError) && result.status < 500) return result
    const trouble = result instanceof http.HttpError ? result.message : describe(result)
    clock.note(trouble)
    if (attempt === MOST_TRIES) {
      if (result instanceof http.HttpError) throw result
      return result
    }
    say(`${trouble}; trying again (${attempt} of ${MOST_TRIES} tries used).`)
    await clock.pause(backOffMs * 2 ** (attempt - 1))
  }
}

const PASSING = new Set<http.HttpFailure>(['dns', 'connect', 'connect-timeout', 'stall'])

function asRetryable(error: unknown): http.HttpError {
  if (!(error instanceof http.HttpError)) throw error
  const isPassing = PASSING.has(error.kind) || (error.status ?? 0) >= 500
  if (!isPassing) throw error
  return error
}
