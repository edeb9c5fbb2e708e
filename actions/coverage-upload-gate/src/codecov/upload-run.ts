import { mask, withoutCredentials } from '@tokenledger/kit'
import { wordsOf } from './answers.ts'
import type { Clock } from './clock.ts'
import type { Credentials } from './credentials.ts'
import type { Answer, Limits } from './exchange.ts'
import type { Identity } from './identity.ts'
import type { UploadOutcome } from './outcome.ts'
import type { Payload, ReportFile } from './payload.ts'
import { persist } from './persist.ts'

export interface UploadRequest {
  readonly reports: readonly ReportFile[]
  /** Every tracked file, as `git ls-files` lists them: Codecov finds the reports' paths among these. */
  readonly network: readonly string[]
  readonly identity: Identity
  readonly credentials: Credentials
  /** `base` of the endpoint. */
  readonly url: string
  readonly flags: readonly string[]
  /** Input `upload-timeout` in ms: for everything together, waits included. */
  readonly budgetMs: number
  readonly signal: AbortSignal
  /** Takes a line of progress; it holds no secret. */
  readonly say: (line: string) => void
  readonly limits?: Limits
}

/** One upload under way. */
export interface Run {
  readonly request: UploadRequest
  readonly payload: Payload
  readonly clock: Clock
  readonly limits: Limits
  /** What may not be printed, even when a server says it back to us. */
  readonly secrets: Set<string>
}

export type Side = 'codecov' | 'storage'

/** Masks a secret and keeps it out of what servers say. */
export function keepSecret(secrets: Set<string>, secret: string): void {
  mask(secret)
  secrets.add(secret)
}

/** Sends a request of this run until an answer below 500 comes; see {@link persist}. */
export function send(run: Run, by: Side, once: () => Promise<Answer>): Promise<Answer> {
  const { clock, limits, request } = run
  const describe = (answer: Answer) => trouble(run, by, answer)
  return persist(once, { clock, backOffMs: limits.backOffMs, describe, say: request.say })
}

function trouble({ secrets }: Run, by: Side, answer: Answer): string {
  const words = wordsOf(answer, [...secrets])
  return `${by === 'codecov' ? 'Codecov' : "Codecov's storage"} answered ${answer.status}${words ? ` "${words}"` : ''}`
}

/** What an answer that is no success means. */
export function refusal(run: Run, by: Side, answer: Answer): UploadOutcome {
  if (answer.status >= 500) return { kind: 'unreachable', reason: `${trouble(run, by, answer)}, three times` }
  const { location } = answer.headers
  const message = location
    ? `redirects to ${withoutCredentials(location)}`
    : wordsOf(answer, [...run.secrets])
  return { kind: 'rejected', by, status: answer.status, message }
}
