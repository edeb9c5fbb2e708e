import { UserError } from '@tokenledger/kit'

/**
 * Does what the user asks for and sets the exit code: 0 when it ended well. What the user can mend is
 * printed as its message alone.
 */
export async function start(run: () => Promise<boolean>): Promise<void> {
  try {
    if (!(await run())) process.exitCode = 1
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error)
    process.exitCode = 1
  }
}
