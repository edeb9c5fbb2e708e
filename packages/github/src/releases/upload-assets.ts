import type { GitHubClient } from '../client.ts'
import { listAssets } from './asset.ts'
import { atOnce } from './at-once.ts'
import type { AssetOutcome, LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { assetFinder, demandOwnNames } from './stored-name.ts'
import { uploadFile } from './upload-file.ts'
import { progressMeter, type UploadProgress } from './upload-progress.ts'

export interface UploadWish {
  /** `owner/name` */
  readonly repository: string
  /** A draft. */
  readonly release: Pick<Release, 'id' | 'tag' | 'uploadUrl'>
  readonly files: readonly LocalFile[]
  /** What happens to an asset of the same name and other bytes. What is left of a broken upload is always replaced. */
  readonly onConflict: 'replace' | 'fail'
  /** How many files are sent at once (default 4). */
  readonly concurrency?: number
  /** Called a few times a second, and at the end of each file. */
  readonly onProgress?: (progress: UploadProgress) => void
}

/**
 * Brings files into a draft, from disk; those that it holds already, by their digest, are not sent. Outcomes are in the order of
 * the files. Needs `contents: write`.
 * Throws UserErrors RELEASE_SAME_NAME, RELEASE_ASSET_DIFFERS, RELEASE_DIGEST_MISMATCH, RELEASE_FILE_UNREADABLE, RELEASE_GONE,
 * RELEASE_PUBLISHED_DIFFERS, RELEASE_REFUSED, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER, when the uploads under way have ended.
 */
export async function uploadAssets(client: GitHubClient, wish: UploadWish): Promise<AssetOutcome[]> {
  const { repository, release, files, onConflict, concurrency = 4, onProgress = () => {} } = wish
  demandOwnNames(files.map(({ name }) => name))
  const assets = await listAssets(client, { repository, releaseId: release.id })
  const find = assetFinder(files)
  const meter = progressMeter(files, onProgress)
  return atOnce(concurrency, files, file =>
    uploadFile(client, { repository, release, file, onConflict, meter, find }, assets),
  )
}
