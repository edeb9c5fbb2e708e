import { UserError } from '@tokenledger/kit'
import { UnsupportedPattern } from './nodes.ts'

/** Runs `compile`; a pattern that JavaScript would read differently becomes a UserError that names the way out. */
export function refuseUnsupported<T>(where: string, compile: () => T): T {
  try {
    return compile()
  } catch (error) {
    if (!(error instanceof UnsupportedPattern)) throw error
    throw new UserError(
      `BUMP_REGEX_UNSUPPORTED: ${where} uses "${error.fragment}" ; set engine: bump-my-version`,
    )
  }
}
