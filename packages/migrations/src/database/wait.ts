import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import type { Client } from 'pg'
import { connect, disconnect } from './connect.ts'
import { type NotYet, verdictOf } from './readiness.ts'
import { neverText, notReadyText, saidBy, secondsOf } from './readiness-text.ts'
import { serverFacts } from './server-facts.ts'
import type { ServerFacts } from './session.ts'
import { placeOf, type Target } from './target.ts'

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

/** One login may take this long in ms, unless connect_timeout says otherwise. */
const LOGIN_MS = 10_000
const QUIET_MS = 2000

/**
 * Logs in until the database answers a query. A real login is needed: the image's entry point starts the server twice, the
 * first time on a Unix socket alone, where pg_isready in the container sees it. Pauses grow from 100 ms by half up to 1 s.
 * Throws a UserError when the database never will be ready (a wrong password), or is not within `timeoutMs`.
 */
export async function waitForDatabase(target: Target, options: WaitOptions): Promise<Waited> {
  const { client, ...waited } = await waitForLogin(target, options)
  await disconnect(client)
  return waited
}

/** The same, with the connection that was let in, for who goes on with it; it is the caller's to end. */
export async function waitForLogin(
  target: Target,
  options: WaitOptions,
): Promise<Waited & { readonly client: Client }> {
  const { timeoutMs, say } = options
  const started = performance.now()
  const since = new Map<NotYet, number>()
  let last: unknown
  const notice = setTimeout(() => {
    const why = last === undefined ? 'no answer yet' : saidBy(last, target)
    say(`Waiting for ${placeOf(target)}, up to ${secondsOf(timeoutMs)}: ${why}`)
  }, QUIET_MS)
  try {
    for (let attempts = 1, pause = 100; ; attempts++, pause = Math.min(pause * 1.5, 1000)) {
      const login = await tryOnce(target, options, started + timeoutMs).catch(error => {
        const cutShort = performance.now() - started >= timeoutMs && isSilence(error)
        if (last === undefined || !cutShort) last = error
      })
      const waitedMs = Math.round(performance.now() - started)
      if (login) return { waitedMs, attempts, ...login }
      const left = leftFor(last, target, { since, options, waitedMs, attempts })
      await sleep(Math.min(pause, left), undefined, signalOf(options)).catch(() => undefined)
    }
  } finally {
    clearTimeout(notice)
  }
}

interface Login {
  readonly client: Client
  readonly server: ServerFacts
}

async function tryOnce(target: Target, options: WaitOptions, end: number): Promise<Login> {
  const { applicationName, writes } = options
  const left = Math.max(end - performance.now(), 1)
  const timeoutMs = Math.min(left, target.connectTimeoutMs ?? LOGIN_MS)
  const client = await connect(target, applicationName, { timeoutMs, ...signalOf(options) })
  // A server that dies between login and answer leaves the query waiting.
  const cut = setTimeout(() => void disconnect(client, 0), timeoutMs)
  try {
    return { client, server: await serverFacts(client, target, writes) }
  } catch (error) {
    await disconnect(client)
    throw error
  } finally {
    clearTimeout(cut)
  }
}

interface Progress {
  /** When each reason was first seen, in ms since the start. */
  readonly since: Map<NotYet, number>
  readonly options: WaitOptions
  readonly waitedMs: number
  readonly attempts: number
}

/** How long there is to try in ms; throws when that is over, or when trying is of no use. */
function leftFor(error: unknown, target: Target, progress: Progress): number {
  const { since, options, waitedMs, attempts } = progress
  if (options.signal?.aborted) {
    throw new UserError(`Cancelled while waiting for ${placeOf(target)}. Nothing was run.`)
  }
  if (error instanceof UserError) throw error
  const verdict = verdictOf(error)
  if (verdict.kind === 'never') throw new UserError(neverText(verdict.reason, error, target))
  const { reason, limitMs = options.timeoutMs } = verdict
  const first = since.get(reason) ?? waitedMs
  since.set(reason, first)
  const left = Math.min(options.timeoutMs - waitedMs, first + limitMs - waitedMs)
  if (left <= 0) throw new UserError(notReadyText(reason, error, target, { waitedMs, attempts }))
  return left
}

/** The last try ends with the wait, before the server could say anything: what it said before tells more. */
function isSilence(error: unknown): boolean {
  const verdict = verdictOf(error)
  return verdict.kind === 'not-yet' && (verdict.reason === 'silent' || verdict.reason === 'broken')
}

function signalOf({ signal }: WaitOptions): { signal?: AbortSignal } {
  return signal ? { signal } : {}
}
