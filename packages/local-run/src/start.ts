import { UserError } from '@tokenledger/kit'
import type { LocalRunOptions } from './local-run.ts'
import { localRun } from './local-run.ts'

/**
 * Runs what `read` asks for (nothing when it returns undefined) and sets the exit code: 0 when every job ended well.
 * What the user can mend is printed as its message alone.
 */
export async function start(read: () => Promise<LocalRunOptions | undefined>): Promise<void> {
  try {
    const options = await read()
    if (options && !(await localRun(options))) process.exitCode = 1
  } catch (error) {
    console.error(error instanceof UserError ? error.message : error)
    process.exitCode = 1
  }
}
