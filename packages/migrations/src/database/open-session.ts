import { UserError } from '@tokenledger/kit'
import type { Client } from 'pg'
import { connect, disconnect } from './connect.ts'
import { isPooled } from './pooler.ts'
import { verdictOf } from './readiness.ts'
import { neverText, notReadyText } from './readiness-text.ts'
import { serverFacts } from './server-facts.ts'
import type { Session } from './session.ts'
import type { Target } from './target.ts'

export interface OpenOptions {
  readonly applicationName: string
  /** A connection that is open already, to be the main one; the session closes it. */
  readonly main?: Client
  /** Longest time until both logins are done, in ms (default 30 000). */
  readonly timeoutMs?: number
}

/**
 * Opens both connections of a run, at the same time, and finds out what stands behind them. `close` never hangs: what still
 * runs after 1 s is cut. Throws a UserError when a login fails; the other connection is closed then.
 */
export async function openSession(target: Target, options: OpenOptions): Promise<Session> {
  const { applicationName, timeoutMs = 30_000 } = options
  const started = performance.now()
  const logins = await Promise.allSettled([
    options.main ?? connect(target, applicationName, { timeoutMs }),
    connect(target, applicationName, { timeoutMs }),
  ])
  const clients = logins.flatMap(login => (login.status === 'fulfilled' ? [login.value] : []))
  const close = async () => {
    await Promise.all(clients.map(client => disconnect(client)))
  }
  // A server or a pooler that goes silent after the login.
  const cut = setTimeout(() => {
    for (const client of clients) void disconnect(client, 0)
  }, timeoutMs)
  try {
    for (const login of logins) if (login.status === 'rejected') throw login.reason
    const [main, side] = clients as [Client, Client]
    // A session may only read; whether it may write was asked while waiting.
    const server = await serverFacts(main, target, false)
    return { target, server, pooled: await isPooled(main, side), main, side, close }
  } catch (error) {
    await close()
    throw asUserError(error, target, Math.round(performance.now() - started))
  } finally {
    clearTimeout(cut)
  }
}

function asUserError(error: unknown, target: Target, waitedMs: number): UserError {
  if (error instanceof UserError) return error
  const verdict = verdictOf(error)
  return new UserError(
    verdict.kind === 'never'
      ? neverText(verdict.reason, error, target)
      : notReadyText(verdict.reason, error, target, { waitedMs, attempts: 1 }),
  )
}
