import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Git, gitAt, UserError } from '@tokenledger/kit'
import type { ReadText } from '@tokenledger/python-project'
import type { Phase, ReleaseInputs } from './inputs.ts'
import type { Surroundings } from './surroundings.ts'

/** The tagged tree, where the job has checked it out. */
export interface Checkout {
  readonly git: Git
  /** The commit that is checked out. */
  readonly head: string
  /** A file by its path from the repository's root. */
  readonly read: ReadText
}

/** Phases that a job without a checkout may run: one that only uploads or publishes. */
const WITHOUT: readonly Phase[] = ['verify', 'publish']

/** Undefined in a job without a checkout; a UserError where the phase needs one. */
export async function openCheckout(
  inputs: ReleaseInputs,
  { serverUrl }: Surroundings,
): Promise<Checkout | undefined> {
  const { workspace, token, phase } = inputs
  const git = gitAt(workspace, { serverUrl, token })
  const head = (await git.read('rev-parse', '--verify', '--quiet', 'HEAD^{commit}'))?.trim()
  if (!head && !WITHOUT.includes(phase)) throw noCheckout(inputs)
  if (!head) return undefined
  return { git, head, read: path => textOf(join(workspace, path)) }
}

export function noCheckout({ workspace, phase }: ReleaseInputs): UserError {
  return new UserError(
    `There is no checkout of git in ${workspace}, and phase ${phase} needs the tagged commit. Run actions/checkout before this step.`,
  )
}

function textOf(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8')
  } catch {
    return undefined
  }
}
