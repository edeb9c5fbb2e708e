import { readChecksums } from '@tokenledger/distributions'
import {
  type Asset,
  downloadAsset,
  findRelease,
  type GitHubClient,
  listAssets,
  listReleases,
  publishRelease,
  type Release,
  verifyAssets,
} from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import { factsIn, markerOf, WHOLE_NOTES } from './body.ts'
import { requireTag, tagMoved } from './check-tag.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { becomesLatest } from './latest.ts'
import { verifyPublished } from './published.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

/** A release that was prepared, with what it has to hold. */
export interface ToPublish {
  readonly release: Release
  readonly wanted: readonly { readonly name: string; readonly digest: string }[]
  /** The commit that was built. */
  readonly commit: string
}

/**
 * Finds the draft that an earlier job has prepared, and what it holds by its own checksums, which have to agree with what the build
 * has said. Gives undefined when it is published already, and the same.
 */
export async function findPrepared(
  client: GitHubClient,
  subject: Subject,
  built: ReadonlyMap<string, string>,
  { checksums }: Pick<ReleaseInputs, 'checksums'>,
  at: Surroundings,
  known: Known,
): Promise<ToPublish | undefined> {
  const { repository } = at
  const found = findRelease(await listReleases(client, repository), {
    tag: subject.tag,
    marker: markerOf(subject.tag),
  })
  if (found.kind === 'none') throw notPrepared(subject.tag)
  if (found.kind === 'duplicates') throw found.error
  const { release } = found
  const assets = await listAssets(client, { repository, releaseId: release.id })
  const wanted = await wantedOf(client, assets, built, checksums, at)
  if (found.kind === 'published') {
    await verifyPublished(client, { repository, release, wanted }, known)
    return undefined
  }
  known.release = release
  const commit = factsIn(release.body)?.commit
  if (!commit) throw notPrepared(subject.tag)
  return { release, wanted, commit }
}

function notPrepared(tag: string): UserError {
  return new UserError(
    `RELEASE_NOT_PREPARED: there is no draft of ${tag} that phase prepare has made; run that first`,
  )
}

/** The files of a release by its checksums, and those that the build has named. */
async function wantedOf(
  client: GitHubClient,
  assets: readonly Asset[],
  built: ReadonlyMap<string, string>,
  checksums: string,
  { repository }: Surroundings,
): Promise<{ name: string; digest: string }[]> {
  const list = assets.find(({ name }) => name === checksums)
  const stated = list
    ? readChecksums((await downloadAsset(client, { repository, assetId: list.id })).toString('utf8'))
    : new Map<string, string>()
  for (const [name, digest] of built) {
    const said = stated.get(name)
    if (said === undefined || said === digest) continue
    throw new UserError(
      `RELEASE_DIGEST_MISMATCH: ${checksums} of the draft says ${said} for ${name}, the build made ${digest}; run phase prepare again`,
    )
  }
  const own = assets.filter(({ name, digest }) => digest !== undefined && [checksums, WHOLE_NOTES].includes(name))
  const all = new Map([
    ...built,
    ...stated,
    ...own.map(({ name, digest }) => [name, digest ?? ''] as const),
  ])
  return [...all].map(([name, digest]) => ({ name, digest }))
}

/** Verifies everything once more, publishes as the last step, and verifies what became of it. */
export async function publish(
  client: GitHubClient,
  subject: Subject,
  { release, wanted, commit }: ToPublish,
  inputs: Pick<ReleaseInputs, 'makeLatest' | 'folder' | 'discussionCategory'>,
  at: Surroundings,
  known: Known,
): Promise<void> {
  const { repository } = at
  const place = { repository, releaseId: release.id }
  const actions = new Map(known.assets?.map(({ id, action }) => [id, action]))
  const assets = await verifyAssets(client, { ...place, expected: wanted })
  known.assets = assets.map(asset => {
    const action = actions.get(asset.id)
    return { ...asset, ...(action ? { action } : {}) }
  })
  const now = await requireTag(client, subject.tag, at)
  if (now !== commit) throw tagMoved(subject.tag, now, commit)
  const releases = await listReleases(client, repository)
  const isLatest = becomesLatest(subject, inputs, releases)
  known.body = release.body
  known.release = await publishRelease(client, {
    repository,
    release,
    tag: subject.tag,
    name: release.name || subject.name,
    body: release.body,
    isPrerelease: subject.isPrerelease,
    makeLatest: isLatest,
    ...(inputs.discussionCategory ? { discussionCategory: inputs.discussionCategory } : {}),
  })
  known.isLatest = isLatest
  known.state = 'published'
}
