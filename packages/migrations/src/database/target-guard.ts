import { lookup as dnsLookup } from 'node:dns/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import { forkEvent } from './fork-event.ts'
import { isLoopback, isLoopbackOrPrivate, isSingleLabel, isSocket } from './hosts.ts'
import { unknownNameHint } from './readiness-text.ts'
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

/**
 * Whether the target is local: a Unix socket, a loopback address, or a name without dots whose addresses are all loopback or
 * private ones, as a service of the job has. Anything else is remote (a dotted name too, wherever it points) and needs
 * `allow-remote: true` and `expect-database`; no run for a fork's code gets there. Throws a UserError otherwise.
 */
export async function requireAllowed(target: Target, options: GuardOptions): Promise<'local' | 'remote'> {
  const { database, host, address } = target
  const { allowRemote, expectDatabase, eventName, eventPayload } = options
  if (expectDatabase && expectDatabase !== database) {
    throw new UserError(
      `Refusing to migrate: expect-database is "${expectDatabase}", but the target is ${host}, database "${database}". Nothing was run.`,
    )
  }
  if (isSocket(host) || (await isLocal(host, address, options))) return 'local'
  if (!allowRemote || !expectDatabase) {
    throw new UserError(
      `Refusing to migrate ${host}: not local. Set allow-remote: true and expect-database: <name> in a protected environment.`,
    )
  }
  const fork = forkEvent(eventName, eventPayload)
  if (fork)
    throw new UserError(
      `Refusing to migrate ${host}: ${fork} Remote databases are migrated from a push, a release or workflow_dispatch.`,
    )
  if (isSingleLabel(host) && !target.sslModeGiven) {
    throw new UserError(
      `Refusing to migrate ${host}: it points to a public address, and its name does not say so. Add sslmode=verify-full (or what this server needs) to database-url.`,
    )
  }
  return 'remote'
}

async function isLocal(host: string, address: string | undefined, options: GuardOptions): Promise<boolean> {
  if (address && !isLoopbackOrPrivate(address)) return false
  if (isLoopback(host)) return true
  if (!isSingleLabel(host)) return false
  if (address) return true
  const addresses = await resolve(host, options)
  return addresses.length > 0 && addresses.every(isLoopbackOrPrivate)
}

async function resolve(host: string, options: GuardOptions): Promise<readonly string[]> {
  const { lookup = addressesOf, lookupWaitMs = 10_000 } = options
  const end = performance.now() + lookupWaitMs
  for (let pause = 100; ; pause = Math.min(pause * 1.5, 1000)) {
    try {
      return await lookup(host)
    } catch (error) {
      if (performance.now() + pause > end) throw unknownName(host, error as NodeJS.ErrnoException)
      await sleep(pause)
    }
  }
}

async function addressesOf(host: string): Promise<string[]> {
  const found = await dnsLookup(host, { all: true })
  return found.map(({ address }) => address)
}

function unknownName(host: string, { code }: NodeJS.ErrnoException): UserError {
  return new UserError(`Host ${host} cannot be resolved (${code ?? 'no address'}). ${unknownNameHint(host)}`)
}
