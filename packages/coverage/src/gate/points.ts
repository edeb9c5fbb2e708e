import type { Percentage } from './percentage.ts'
import { withoutZeros } from './ratio.ts'

/** A number of percentage points, negative for a rise. */
export interface Points {
  readonly numerator: bigint
  readonly denominator: bigint
}

/** Whether points are no more than what is allowed. */
export function isWithin(drop: Points, allowed: Percentage): boolean {
  return drop.numerator * allowed.denominator <= allowed.numerator * drop.denominator
}

/** With so many decimals, a half away from 0. */
export function decimal({ numerator, denominator }: Points, digits: number): string {
  const scaled = abs(numerator) * 10n ** BigInt(digits)
  const rounded = (2n * scaled + denominator) / (2n * denominator)
  const text = withoutZeros(pointed(rounded, digits))
  return numerator < 0n && rounded > 0n ? `-${text}` : text
}

function pointed(scaled: bigint, digits: number): string {
  if (digits === 0) return String(scaled)
  const padded = String(scaled).padStart(digits + 1, '0')
  return `${padded.slice(0, -digits)}.${padded.slice(-digits)}`
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value
}
