import { branchWith, type GitHubClient, tagTarget } from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import { findVersionSources, statedVersions } from '@tokenledger/python-project'
import { compareVersions, parseVersion } from '@tokenledger/versioning'
import type { Checkout } from './checkout.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

/** The commit that the tag is on, with nothing against it. Throws UserErrors RELEASE_TAG_MISSING, _MOVED and RELEASE_NOT_ON_BRANCH. */
export async function checkTag(
  client: GitHubClient,
  subject: Subject,
  inputs: Pick<ReleaseInputs, 'verifyAncestor'>,
  at: Surroundings,
  checkout: Checkout | undefined,
): Promise<string> {
  const { tag } = subject
  const sha = await requireTag(client, tag, at)
  if (checkout && checkout.head !== sha) throw tagMoved(tag, sha, checkout.head)
  const branches = inputs.verifyAncestor ?? [at.defaultBranch]
  if (branches.length > 0 && !(await branchWith(client, at.repository, sha, branches))) {
    throw new UserError(`RELEASE_NOT_ON_BRANCH: commit ${sha} of ${tag} is not on ${branches.join(' or ')}`)
  }
  return sha
}

export async function requireTag(
  client: GitHubClient,
  tag: string,
  { repository }: Pick<Surroundings, 'repository'>,
): Promise<string> {
  const sha = await tagTarget(client, repository, tag)
  if (sha) return sha
  throw new UserError(
    `RELEASE_TAG_MISSING: ${repository} has no tag ${tag}; make it with version-bump (mode: tag), or push it`,
  )
}

/** The error for a tag that leads elsewhere than to the commit that was built. */
export function tagMoved(tag: string, now: string, built: string): UserError {
  return new UserError(
    `RELEASE_TAG_MOVED: tag ${tag} points to ${now}, this run built ${built}; nothing was published`,
  )
}

/** Whether the tree says the version of the tag; places that say none, as with a version made from tags, pass. */
export function checkTree(subject: Subject, { read }: Checkout, folder: string): void {
  const { tag, version } = subject
  for (const { path, line, version: text } of statedVersions(read, findVersionSources(read, folder))) {
    const stated = parseVersion(text)
    if (stated && compareVersions(stated, version) === 0) continue
    throw new UserError(
      `RELEASE_TAG_MISMATCH: tag ${tag} is version ${version.text}, but ${path}:${line} is version ${text}; run version-bump, or tag the commit that sets ${version.text}`,
    )
  }
}
