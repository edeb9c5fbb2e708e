import { isNativeError } from 'node:util/types'
import * as core from '@actions/core'
import { messageOf, UserError } from './user-error.ts'

/**
 * Runs an action's `main` and turns what it throws into one error annotation and exit code 1:
 * a {@link UserError} as its message alone, anything else as a bug with its stack at debug level.
 */
export async function run(main: () => Promise<void>): Promise<void> {
  try {
    await main()
  } catch (error) {
    if (error instanceof UserError) return core.setFailed(error.message)
    core.setFailed(
      `${messageOf(error)} (this is a bug in the action; re-run with debug logging and report the stack)`,
    )
    core.debug(isNativeError(error) ? (error.stack ?? '') : 'no stack')
  }
}
