import { UserError } from '@tokenledger/kit'
import type { GitHub } from '../services/github.ts'
import type { CheckoutCopy } from './checkout-copy.ts'
import { git, tryGit } from './git.ts'

/** The tag that a run is at. */
export interface RunTag {
  readonly name: string
  /** What the tag itself is: the commit, or the tag object of an annotated one. */
  readonly object: string
}

/**
 * Puts the tag on the commit that runs, in the copy alone, unless it is there already; so a release can be tried before its tag
 * exists.
 */
export async function tagCopy({ folder }: CheckoutCopy, name: string, sha: string): Promise<RunTag> {
  if ((await tryGit(folder, 'check-ref-format', `refs/tags/${name}`)) === undefined)
    throw new UserError(`--tag: "${name}" is no name that a tag can have. Give one such as v1.2.3.`)
  if ((await tryGit(folder, 'rev-parse', '--verify', `refs/tags/${name}^{commit}`)) !== sha)
    await git(folder, 'update-ref', `refs/tags/${name}`, sha)
  return { name, object: await git(folder, 'rev-parse', `refs/tags/${name}`) }
}

/** The tag of a GitHub that is there already. A UserError when it does not lead to the commit that runs. */
export async function servedTag({ repository }: GitHub, name: string, sha: string): Promise<RunTag> {
  const found = await tryGit(repository, 'rev-parse', '--verify', `refs/tags/${name}^{commit}`)
  if (found === sha) return { name, object: await git(repository, 'rev-parse', `refs/tags/${name}`) }
  throw new UserError(
    `The tag ${name} in ${repository} leads to ${found ?? 'nothing'}, and the checkout stands on ${sha}. Check the tag out first.`,
  )
}
