import { isNativeError } from 'node:util/types'

/**
 * A failure that the person who wrote the workflow can mend. Its message says what, where, and the remedy;
 * `run` prints it without a stack. Everything else that is thrown counts as a bug of ours.
 */
export class UserError extends Error {
  override readonly name = 'UserError'
}

/** The message of anything thrown, with the message of its cause when that says more (`fetch failed: ECONNREFUSED`). */
export function messageOf(error: unknown): string {
  if (!isNativeError(error)) return String(error)
  const { cause } = error
  const deeper = isNativeError(cause) ? cause.message || (cause as NodeJS.ErrnoException).code : undefined
  return deeper && !error.message.includes(deeper) ? `${error.message}: ${deeper}` : error.message
}
