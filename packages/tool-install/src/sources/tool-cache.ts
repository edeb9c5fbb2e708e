import { SourceFailure } from '../failures.ts'
import type { Order } from '../order.ts'
import { isComplete } from '../tool-cache.ts'
import { type Found, slotsOf } from './found.ts'

/** A finished installation of the chosen version on this machine: our own, another action's, or one made with the image. */
export async function fromToolCache(order: Order): Promise<Found> {
  const chosen = await order.version()
  const slot = slotsOf(order, chosen.version).find(isComplete)
  if (!slot) throw new SourceFailure(`no uv ${chosen.version} there`)
  return { version: chosen.version, reason: chosen.reason, path: slot.program, bytes: 0 }
}
