import {
  compareAssets,
  type ExpectedAsset,
  type GitHubClient,
  publishedDiffers,
  type Release,
} from '@tokenledger/github'
import type { Known } from './known.ts'

export interface Published {
  readonly repository: string
  readonly release: Release
  readonly wanted: readonly ExpectedAsset[]
}

/**
 * A published release is never changed: either it is the one that this run would make, or this run ends with what differs.
 * Text and title are people's by then, and so are files beside ours.
 */
export async function verifyPublished(
  client: GitHubClient,
  { repository, release, wanted }: Published,
  known: Known,
): Promise<void> {
  known.release = release
  known.body = release.body
  const { assets, problems } = await compareAssets(client, {
    repository,
    releaseId: release.id,
    expected: wanted,
  })
  known.assets = assets
  const problem = problems.find(({ kind }) => kind !== 'unexpected')
  if (problem) throw publishedDiffers(release.tag, problem)
  known.state = 'already-published'
}
