import {
  type Asset,
  type GitHubClient,
  listAssets,
  publishedDiffers,
  type Release,
} from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import type { Known } from './known.ts'

export interface Published {
  readonly repository: string
  readonly release: Release
  readonly wanted: readonly { readonly name: string; readonly digest: string }[]
}

/**
 * A published release is never changed: either it is the one that this run would make, or this run ends with what differs.
 * Text and title are people's by then.
 */
export async function verifyPublished(
  client: GitHubClient,
  { repository, release, wanted }: Published,
  known: Known,
): Promise<void> {
  known.release = release
  known.body = release.body
  const assets = await listAssets(client, { repository, releaseId: release.id })
  known.assets = assets
  const byName = new Map(assets.map(asset => [asset.name, asset]))
  for (const { name, digest } of wanted) {
    const asset = byName.get(name)
    if (!asset) throw lacks(release, name, digest)
    if (asset.state !== 'uploaded' || (asset.digest !== undefined && asset.digest !== digest)) {
      throw publishedDiffers({ tag: release.tag, name, published: digestOf(asset), ours: digest })
    }
  }
  known.state = 'already-published'
}

function digestOf({ digest, state }: Asset): string {
  return digest ?? `no digest (${state})`
}

function lacks({ tag }: Release, name: string, digest: string): UserError {
  return new UserError(
    `RELEASE_PUBLISHED_DIFFERS: published ${tag} has no ${name}, this run has ${digest}; a published release is never changed`,
  )
}
