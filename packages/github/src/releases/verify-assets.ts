import { setTimeout as sleep } from 'node:timers/promises'
import type { GitHubClient } from '../client.ts'
import { type Asset, listAssets } from './asset.ts'
import { type AssetProblem, assetProblems, draftDiffers, type ExpectedAsset } from './asset-problems.ts'
import { measured } from './download-asset.ts'

export interface AssetsWish {
  /** `owner/name` */
  readonly repository: string
  readonly releaseId: number
  /** All that the release should hold. */
  readonly expected: readonly ExpectedAsset[]
}

/**
 * Compares what a release holds with all that it should, byte for byte: by GitHub's digests, or by downloads where it has none.
 * Needs `contents: write` for a draft. Throws UserErrors RELEASE_GONE, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function compareAssets(
  client: GitHubClient,
  wish: AssetsWish,
): Promise<{ readonly assets: readonly Asset[]; readonly problems: readonly AssetProblem[] }> {
  const assets: Asset[] = []
  for (const asset of await listAssets(client, wish)) {
    assets.push(await measured(client, wish.repository, asset))
  }
  return { assets, problems: assetProblems(assets, wish.expected) }
}

/**
 * The assets of a draft that holds all it should and nothing else. One that is not there yet is looked for again.
 * Throws UserErrors RELEASE_ASSET_MISSING, RELEASE_DIGEST_MISMATCH, RELEASE_UNEXPECTED_ASSET and those of
 * {@link compareAssets}.
 */
export async function verifyAssets(client: GitHubClient, wish: AssetsWish): Promise<readonly Asset[]> {
  for (let round = 0; ; round++) {
    const { assets, problems } = await compareAssets(client, wish)
    if (problems.length === 0) return assets
    const wait = client.waits[round]
    if (wait === undefined || problems.some(({ kind }) => kind !== 'missing')) throw draftDiffers(problems)
    await sleep(wait)
  }
}
