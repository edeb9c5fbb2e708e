import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startPackageIndex } from '@tokenledger/testkit'
import type { CleanUp } from '../clean-up.ts'

const LOOPBACK_INDEX = /http:\/\/127\.0\.0\.1:\d+(?=\/(?:simple|files)\/)/g

/** Whether a lock file was made against an index on loopback, so that it fits any mirror. */
export function wantsLoopbackIndex(checkout: string): boolean {
  const lock = join(checkout, 'uv.lock')
  return existsSync(lock) && readFileSync(lock, 'utf8').search(LOOPBACK_INDEX) >= 0
}

/** Points the lock at the index of this run. */
export function pointLockAt(checkout: string, origin: string): void {
  const lock = join(checkout, 'uv.lock')
  writeFileSync(lock, readFileSync(lock, 'utf8').replace(LOOPBACK_INDEX, origin))
}

/**
 * Starts the package index that a lock on loopback names, points the lock at it, and returns what makes uv and pip use
 * it; nothing for any other checkout.
 */
export async function startIndex(
  checkout: string,
  cache: string,
  cleanUp: CleanUp,
  say: (line: string) => void,
): Promise<Record<string, string>> {
  if (!wantsLoopbackIndex(checkout)) return {}
  const index = await startPackageIndex({ cacheDirectory: join(cache, 'packages') })
  cleanUp.add(() => index.close())
  pointLockAt(checkout, index.origin)
  say(`A package index that pulls from yours listens on ${index.origin}, as uv.lock wants one on loopback.`)
  return { UV_DEFAULT_INDEX: index.url, PIP_INDEX_URL: index.url }
}
