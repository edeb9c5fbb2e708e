import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { forbidden, writeProblem } from '../write-problem.ts'
import type { Asset } from './asset.ts'
import { digestMismatch, publishedDiffers } from './asset-problems.ts'
import type { LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { refused } from './release-problem.ts'
import { type Sent, sendCall } from './send-asset.ts'

/** How often a file is sent at most. */
export const TRIES = 5

interface Upload {
  readonly release: Pick<Release, 'id' | 'tag'>
  readonly file: LocalFile
}

/** What a person is told of a file that did not get into a release: of its last try, and of what the release holds of it. */
export function uploadFailed(
  client: GitHubClient,
  { release, file }: Upload,
  last: Sent,
  there: Asset | undefined,
): unknown {
  const { name, digest: ours } = file
  if (last.kind === 'published') {
    const { tag } = release
    if (there?.state !== 'uploaded') return publishedDiffers(tag, { kind: 'missing', name })
    return publishedDiffers(tag, { kind: 'differs', name, theirs: toldOf(there), ours })
  }
  if (last.kind === 'stored') {
    return digestMismatch({ name, theirs: toldOf(last.asset), ours }, ` after ${TRIES} tries`)
  }
  const call = sendCall(release, file)
  const { why } = last
  if (!(why instanceof GitHubRefusal)) return writeProblem(client, why, call)
  if (why.response.status === 404) return forbidden(client, 404, call)
  // A name that is taken, and is in no list.
  const told = why.response.status === 422 ? refused(why.response, call, release.tag) : why
  return writeProblem(client, told, call)
}

export function assetDiffers(tag: string, there: Asset, { digest }: LocalFile): UserError {
  return new UserError(
    `RELEASE_ASSET_DIFFERS: the draft of ${tag} has ${there.name} ${toldOf(there)}, this run has ${digest}; delete it, or set on-conflict: replace`,
  )
}

/** A server without digests still tells a file of another size. */
function toldOf({ digest, size }: Asset): string {
  return digest ?? `of ${size} bytes`
}
