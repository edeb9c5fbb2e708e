import { setTimeout as sleep } from 'node:timers/promises'
import type { GitHubClient } from '../client.ts'
import { type Asset, listAssets } from './asset.ts'
import { deleteAsset } from './delete-asset.ts'
import { measured } from './download-asset.ts'
import { type AssetOutcome, holds, type LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { type Sent, sendAsset } from './send-asset.ts'
import type { assetFinder } from './stored-name.ts'
import { assetDiffers, TRIES, uploadFailed } from './upload-failure.ts'
import type { ProgressMeter } from './upload-progress.ts'

export interface FileUpload {
  /** `owner/name` */
  readonly repository: string
  readonly release: Pick<Release, 'id' | 'tag' | 'uploadUrl'>
  readonly file: LocalFile
  readonly onConflict: 'replace' | 'fail'
  readonly meter: ProgressMeter
  readonly find: ReturnType<typeof assetFinder>
}

/**
 * Brings one file into a release. Each try looks first at what the release holds: a whole asset is left, what is not whole
 * is deleted, since GitHub keeps a part of a broken upload and takes no second one of its name.
 * `assets` is what the release held at the start.
 */
export async function uploadFile(
  client: GitHubClient,
  upload: FileUpload,
  assets: readonly Asset[],
): Promise<AssetOutcome> {
  const { repository, release, file } = upload
  const waits = uploadWaits(client.waits)
  let there = await assetOf(client, upload, assets)
  const action = there ? 'replaced' : 'uploaded'
  let last: Sent | undefined
  for (let tries = 0; ; tries++) {
    const isOurs = last !== undefined && last.kind !== 'published'
    if (there && holds(there, file)) return outcome(there, isOurs ? action : 'skipped', upload)
    if (last && (tries === TRIES || last.kind === 'published'))
      throw uploadFailed(client, upload, last, there)
    last = await send(client, upload, there, last)
    if (last.kind === 'stored' && fits(last.asset, file)) return outcome(last.asset, action, upload)
    await sleep(waits[tries])
    there = await assetOf(client, upload, await listAssets(client, { repository, releaseId: release.id }))
  }
}

/** Takes away what is in the way, and sends the file. */
async function send(
  client: GitHubClient,
  { repository, release, file, onConflict, meter }: FileUpload,
  there: Asset | undefined,
  last: Sent | undefined,
): Promise<Sent> {
  if (there) {
    const isOurs = last?.kind === 'stored' && last.asset.id === there.id
    const mayGo = onConflict === 'replace' || there.state !== 'uploaded' || isOurs
    if (!mayGo) throw assetDiffers(release.tag, there, file)
    const removed = await deleteAsset(client, { repository, release, assetId: there.id })
    if (removed === 'published') return { kind: 'published' }
  }
  meter.begin(file)
  return sendAsset(client, { release, file, onSent: bytes => meter.sent(file, bytes) })
}

/** The asset of a file, with its digest where its size says that it may be the file. */
async function assetOf(
  client: GitHubClient,
  { repository, file, find }: FileUpload,
  assets: readonly Asset[],
): Promise<Asset | undefined> {
  const asset = find(assets, file)
  return asset?.size === file.size ? measured(client, repository, asset) : asset
}

/** What was sent just now is whole; a server without digests is asked for the bytes at the end, by verifyAssets. */
function fits(asset: Asset, file: LocalFile): boolean {
  return holds({ ...asset, digest: asset.digest ?? file.digest }, file)
}

/** The waits of the client, and twice the last one: one after each try but the last. */
function uploadWaits(waits: readonly number[]): readonly number[] {
  return [...waits, ...waits.slice(-1).map(last => 2 * last)]
}

function outcome(
  { id, name, size, url }: Asset,
  action: AssetOutcome['action'],
  { file, meter }: FileUpload,
): AssetOutcome {
  meter.done(file, action)
  return { name, id, size, digest: file.digest, url, action }
}
