import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { type PackageIndex, startPackageIndex } from '@tokenledger/testkit'

/**
 * A lock that was made against an index on loopback, as the example's, needs one at the same port while our action fills
 * its cache; undefined for any other project.
 */
export async function startIndexOfLock(workspace: string): Promise<PackageIndex | undefined> {
  const lock = join(workspace, 'uv.lock')
  const port = existsSync(lock) && /http:\/\/127\.0\.0\.1:(\d+)\//.exec(readFileSync(lock, 'utf8'))?.[1]
  if (!port) return undefined
  try {
    return await startPackageIndex({ port: Number(port) })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    throw new UserError(
      `Port ${port}, where uv.lock expects its index, is in use; end the program that holds it.`,
    )
  }
}
