import { createHash } from 'node:crypto'
import { readChecksums } from '@tokenledger/distributions'
import {
  type Asset,
  downloadAsset,
  type ExpectedAsset,
  type GitHubClient,
  listAssets,
  listReleases,
  onlyRelease,
  publishRelease,
  type Release,
  storedName,
  verifyAssets,
} from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import { factsIn, markerOf } from './body.ts'
import { requireTag, tagMoved } from './check-tag.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { becomesLatest } from './latest.ts'
import { verifyPublished } from './published.ts'
import { withActions } from './recorded-assets.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

/** A release that was prepared, with what it has to hold. */
export interface ToPublish {
  readonly release: Release
  readonly wanted: readonly ExpectedAsset[]
  /** The commit that was built. */
  readonly commit: string
}

/** What there is of a release, by its own checksums, which have to agree with what the build has said. */
export type Stored =
  | { readonly kind: 'none' }
  /** The same as what was built. */
  | { readonly kind: 'published' }
  | { readonly kind: 'draft'; readonly release: Release; readonly wanted: ToPublish['wanted'] }

export async function readStored(
  client: GitHubClient,
  { tag }: Pick<Subject, 'tag'>,
  built: ReadonlyMap<string, string>,
  { checksums }: Pick<ReleaseInputs, 'checksums'>,
  at: Surroundings,
  known: Known,
): Promise<Stored> {
  const { repository } = at
  const release = await onlyRelease(client, { repository, tag, marker: markerOf(tag) })
  if (!release) return { kind: 'none' }
  known.release = release
  const assets = await listAssets(client, { repository, releaseId: release.id })
  const wanted = await wantedOf(client, assets, built, checksums, at)
  known.digests = new Map(
    wanted.filter(({ name }) => name !== checksums).map(({ name, digest }) => [name, digest]),
  )
  if (release.isDraft) return { kind: 'draft', release, wanted }
  await verifyPublished(client, { repository, release, wanted }, known)
  return { kind: 'published' }
}

/** Requires a draft that phase prepare has made; undefined when it is published already. */
export function requirePrepared(stored: Stored, { tag }: Pick<Subject, 'tag'>): ToPublish | undefined {
  if (stored.kind === 'published') return undefined
  const commit = stored.kind === 'draft' ? factsIn(stored.release.body)?.commit : undefined
  if (stored.kind === 'none' || !commit) throw notPrepared(tag)
  return { ...stored, commit }
}

function notPrepared(tag: string): UserError {
  return new UserError(
    `RELEASE_NOT_PREPARED: there is no draft of ${tag} that phase prepare has made; run that first`,
  )
}

/** The files of a release by its checksums, which hold every other file, and by what the build has named. */
async function wantedOf(
  client: GitHubClient,
  assets: readonly Asset[],
  built: ReadonlyMap<string, string>,
  checksums: string,
  { repository }: Surroundings,
): Promise<ExpectedAsset[]> {
  const own = [...built].map(([name, digest]) => ({ name, digest }))
  if (checksums === '') return own
  const list = assets.find(({ name, state }) => name === storedName(checksums) && state === 'uploaded')
  // Without it nobody knows whether an earlier run has come to its end.
  if (!list) return [...own, { name: checksums, digest: 'sha256 of all files' }]
  const bytes = await downloadAsset(client, { repository, assetId: list.id })
  const stated = readChecksums(bytes.toString('utf8'))
  for (const { name, digest } of own) {
    const said = stated.get(storedName(name))
    if (said !== digest) throw notAsBuilt(checksums, name, said, digest)
  }
  return [
    ...[...stated].map(([name, digest]) => ({ name, digest })),
    { name: checksums, digest: `sha256:${createHash('sha256').update(bytes).digest('hex')}` },
  ]
}

function notAsBuilt(checksums: string, name: string, said: string | undefined, built: string): UserError {
  return new UserError(
    `RELEASE_DIGEST_MISMATCH: ${checksums} of the release has ${said ?? 'no line'} for ${name}, the build made ${built}; run phase prepare again`,
  )
}

/** Verifies everything once more, publishes as the last step, and verifies what became of it. */
export async function publish(
  client: GitHubClient,
  subject: Subject,
  { release, wanted, commit }: ToPublish,
  inputs: Pick<ReleaseInputs, 'makeLatest' | 'folder' | 'discussionCategory' | 'prerelease'>,
  at: Surroundings,
  known: Known,
): Promise<void> {
  const { repository } = at
  const place = { repository, releaseId: release.id }
  const assets = await verifyAssets(client, { ...place, expected: wanted })
  known.assets = withActions(assets, known.assets)
  const now = await requireTag(client, subject.tag, at)
  if (now !== commit) throw tagMoved(subject.tag, now, commit)
  const releases = await listReleases(client, repository)
  // What was said when the draft was made, by an input or by hand, holds.
  const { isPrerelease } = inputs.prerelease === 'auto' ? release : subject
  const isLatest = becomesLatest({ ...subject, isPrerelease }, inputs, releases)
  known.body = release.body
  known.release = await publishRelease(client, {
    repository,
    release,
    tag: subject.tag,
    name: release.name || subject.name,
    body: release.body,
    isPrerelease,
    makeLatest: isLatest,
    ...(inputs.discussionCategory ? { discussionCategory: inputs.discussionCategory } : {}),
  })
  known.isLatest = isLatest
  known.state = 'published'
}
