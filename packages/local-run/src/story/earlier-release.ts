import { join } from 'node:path'
import { exec, lastLines, UserError } from '@tokenledger/kit'
import type { PublishIndex } from '../services/publish-index.ts'

/**
 * Builds what a checkout holds and lays it into the index, as the version that was released before the story begins. So the
 * project is one of this index, whatever another one has of that name.
 */
export async function publishEarlier(
  checkout: string,
  { packages, environment }: PublishIndex,
): Promise<void> {
  const env = { ...process.env, ...environment } as Record<string, string>
  const args = ['-m', 'pip', 'wheel', '--no-deps', '--no-input', '--quiet', '--wheel-dir', packages, checkout]
  const done = await exec('python3', args, { cwd: join(checkout, '..'), env })
  if (done.exitCode === 0) return
  throw new UserError(`pip could not build the example's version 0.1.0:\n${lastLines(done.stderr, 6)}`)
}
