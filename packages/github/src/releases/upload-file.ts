import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { forbidden, writeProblem } from '../write-problem.ts'
import { type Asset, listAssets } from './asset.ts'
import { digestMismatch } from './asset-problems.ts'
import { deleteAsset } from './delete-asset.ts'
import { measured } from './download-asset.ts'
import { type AssetOutcome, holds, type LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { refused } from './release-problem.ts'
import { sendAsset, sendCall } from './send-asset.ts'
import type { assetFinder } from './stored-name.ts'
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

/** How often a file is sent at most. */
export const TRIES = 5

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
  const { repository, release, file, meter } = upload
  const waits = uploadWaits(client.waits)
  let there = await assetOf(client, upload, assets)
  const action = there ? 'replaced' : 'uploaded'
  let wrong: Asset | undefined
  let unclear: unknown
  for (let tries = 0; ; tries++) {
    if (there && holds(there, file)) return outcome(there, tries === 0 ? 'skipped' : action, upload)
    if (tries === TRIES) throw failure(client, upload, wrong, unclear)
    if (there) {
      if (there.id !== wrong?.id) demandReplaceable(there, upload)
      await deleteAsset(client, { repository, release, asset: there, file })
    }
    meter.begin(file)
    const sent = await sendAsset(client, { release, file, onSent: bytes => meter.sent(file, bytes) })
    if ('asset' in sent && fits(sent.asset, file)) return outcome(sent.asset, action, upload)
    wrong = 'asset' in sent ? sent.asset : undefined
    unclear = 'asset' in sent ? undefined : sent.unclear
    await sleep(waits[tries])
    there = await assetOf(client, upload, await listAssets(client, { repository, releaseId: release.id }))
  }
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

function demandReplaceable(asset: Asset, { file, onConflict, release }: FileUpload): void {
  if (onConflict === 'replace' || asset.state !== 'uploaded') return
  throw new UserError(
    `RELEASE_ASSET_DIFFERS: the draft of ${release.tag} has ${asset.name} ${asset.digest ?? `of ${asset.size} bytes`}, this run has ${file.digest}; delete it, or set on-conflict: replace`,
  )
}

function failure(
  client: GitHubClient,
  { release, file }: FileUpload,
  wrong: Asset | undefined,
  unclear: unknown,
): unknown {
  const call = sendCall(release, file)
  if (wrong) {
    const { name, digest: ours } = file
    return digestMismatch(
      { name, theirs: wrong.digest ?? `${wrong.size} bytes`, ours },
      ` after ${TRIES} tries`,
    )
  }
  const answer = unclear instanceof GitHubRefusal ? unclear.response : undefined
  if (answer?.status === 404) return forbidden(client, 404, call)
  // A name that is taken, and is in no list.
  if (answer?.status === 422) return refused(answer, call, release.tag)
  return writeProblem(client, unclear, call)
}

function outcome(
  { id, name, size, url }: Asset,
  action: AssetOutcome['action'],
  { file, meter }: FileUpload,
): AssetOutcome {
  meter.done(file, action)
  return { name, id, size, digest: file.digest, url, action }
}
