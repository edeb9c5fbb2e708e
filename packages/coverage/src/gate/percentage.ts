import { UserError } from '@tokenledger/kit'

/** A number of percent as it was typed, kept exactly: `numerator / denominator`, a power of ten below. */
export interface Percentage {
  /** `89.996`, without sign and needless zeros. */
  readonly text: string
  readonly numerator: bigint
  readonly denominator: bigint
  /** How many decimals `text` has. */
  readonly decimals: number
}

/**
 * Reads a threshold of 0 to 100, such as `90`, `89.996` or `90%`. Throws a UserError that names the input for anything
 * else; exponents and hexadecimals are refused with the rest.
 */
export function parsePercent(typed: string, input: string): Percentage {
  const match = /^(\d+)(?:\.(\d+))?\s*%?$/.exec(typed.trim())
  const decimals = (match?.[2] ?? '').replace(/0+$/, '')
  const numerator = BigInt(`${match?.[1] ?? ''}${decimals}`)
  const denominator = 10n ** BigInt(decimals.length)
  if (!match || numerator > 100n * denominator) {
    throw new UserError(
      `${input} is "${typed}", which is no percentage. Give a number from 0 to 100, such as 90 or 89.5.`,
    )
  }
  const whole = String(numerator / denominator)
  const text = decimals === '' ? whole : `${whole}.${decimals}`
  return { text, numerator, denominator, decimals: decimals.length }
}
