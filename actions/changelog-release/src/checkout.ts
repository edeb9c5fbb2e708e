import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Git, gitAt } from '@tokenledger/kit'
import type { ReadText } from '@tokenledger/python-project'
import type { ReleaseInputs } from './inputs.ts'
import type { Surroundings } from './surroundings.ts'

/** The tagged tree, where the job has checked it out. */
export interface Checkout {
  readonly git: Git
  /** The commit that is checked out. */
  readonly head: string
  /** A file by its path from the repository's root. */
  readonly read: ReadText
}

/** Undefined in a job without a checkout: one that only uploads or publishes needs none. */
export async function openCheckout(
  { workspace, token }: ReleaseInputs,
  { serverUrl }: Surroundings,
): Promise<Checkout | undefined> {
  const git = gitAt(workspace, { serverUrl, token })
  const head = (await git.read('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  if (!head) return undefined
  return { git, head, read: path => textOf(join(workspace, path)) }
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
