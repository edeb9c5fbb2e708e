import { http, retry } from '@tokenledger/kit'
import type { Order } from '../order.ts'
import { executable } from '../platform.ts'
import { honourProxy } from '../proxy.ts'
import { publish, type Slot, slots } from '../tool-cache.ts'
import type { ChosenVersion } from '../version.ts'

/** What a source came up with. */
export interface Found {
  readonly version: string
  readonly reason: string
  /** Absolute path of the executable. */
  readonly path: string
  /** Bytes downloaded. */
  readonly bytes: number
}

/** Where the chosen version stands, or will stand, on this machine. */
export function slotsOf({ around: { env, platform } }: Order, version: string): Slot[] {
  return slots(env, version, platform.toolCacheArch, executable('uv', platform))
}

/**
 * Installs what `fill` downloads and unpacks; it returns the bytes downloaded. A connection that broke and a server's 5xx
 * are tried once more at once, anything else is for the next source.
 */
export async function installed(
  order: Order,
  { version, reason }: ChosenVersion,
  fill: (directory: string) => Promise<number>,
): Promise<Found> {
  honourProxy(order.around.env)
  const { slot, result: bytes } = await retry(() => publish(slotsOf(order, version), fill), {
    attempts: 2,
    delayMs: 200,
    isRetryable: isPassing,
  })
  return { version, reason, path: slot.program, bytes }
}

/** A failure that the same request may not have a moment later. */
export function isPassing(error: unknown): boolean {
  if (!(error instanceof http.HttpError)) return false
  return error.kind === 'status' ? (error.status ?? 0) >= 500 : error.message === 'connection closed early'
}
