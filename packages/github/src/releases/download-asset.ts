import { createHash } from 'node:crypto'
import type { Readable } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { pipeline } from 'node:stream/promises'
import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { explained } from '../settled.ts'
import type { Asset } from './asset.ts'

interface AssetAt {
  /** `owner/name` */
  readonly repository: string
  readonly assetId: number
}

/**
 * The bytes of an asset, for small ones. The token is not sent to the storage that GitHub leads to.
 * Throws UserErrors RELEASE_ASSET_GONE, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function downloadAsset(client: GitHubClient, at: AssetAt): Promise<Buffer> {
  return read(client, at, buffer)
}

/** An asset with its digest; downloads it where the server does not say one. Same errors as {@link downloadAsset}. */
export async function measured(client: GitHubClient, repository: string, asset: Asset): Promise<Asset> {
  if (asset.digest !== undefined || asset.state !== 'uploaded') return asset
  const hex = await read(client, { repository, assetId: asset.id }, async body => {
    const hash = createHash('sha256')
    await pipeline(body, hash)
    return hash.digest('hex')
  })
  return { ...asset, digest: `sha256:${hex}` }
}

async function read<T>(
  client: GitHubClient,
  { repository, assetId }: AssetAt,
  consume: (body: Readable) => Promise<T>,
): Promise<T> {
  const call = { call: `GET /releases/assets/${assetId}`, needs: 'contents: write' }
  return explained(client, call, async () => {
    const answer = await client.request('GET', `/repos/${repository}/releases/assets/${assetId}`, {
      accept: 'application/octet-stream',
      read: consume,
    })
    if (answer.status === 200) return answer.body as T
    if (answer.status === 404) throw assetGone(assetId)
    throw new GitHubRefusal(call.call, answer)
  })
}

function assetGone(id: number): UserError {
  return new UserError(
    `RELEASE_ASSET_GONE: asset ${id} was deleted while this run worked on its release; run this job again`,
  )
}
