import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import type { GitHubClient } from '../client.ts'
import { findRelease, type ReleaseSought } from './find-release.ts'
import { listReleases } from './list-releases.ts'
import type { Release } from './release.ts'

/**
 * The release of a tag, published or a draft. A second draft may be that of another run, which takes it away itself, so it is
 * looked for again; one that stays is RELEASE_DUPLICATE_DRAFTS.
 */
export async function onlyRelease(
  client: GitHubClient,
  wish: ReleaseSought & { readonly repository: string },
): Promise<Release | undefined> {
  for (let round = 0; ; round++) {
    const found = findRelease(await listReleases(client, wish.repository), wish)
    if (found.kind === 'none') return undefined
    if (found.kind !== 'duplicates') return found.release
    const wait = client.waits[round]
    if (wait === undefined) throw duplicateDrafts(wish.tag, found.drafts)
    await sleep(wait)
  }
}

export function duplicateDrafts(tag: string, drafts: readonly Release[]): UserError {
  const ids = drafts.map(({ id }) => id).join(', ')
  return new UserError(
    `RELEASE_DUPLICATE_DRAFTS: ${drafts.length} drafts carry ${tag} (ids ${ids}); delete one`,
  )
}
