import { now, type World } from '../world.ts'
import { measured } from './asset-files.ts'
import { markLatest } from './latest-release.ts'
import { commitDate, makeTag } from './publish-release.ts'
import type { Release, ReleaseAsset } from './records.ts'

/** A test's asset: with bytes, or one that was left behind as a starter. */
export type NewAsset =
  | { readonly name: string; readonly content: string | Buffer; readonly label?: string }
  | { readonly name: string; readonly state: 'starter' }

/** A test's release: public unless it says `draft`, and the latest unless it says otherwise or is a prerelease. */
export type NewRelease = Pick<Release, 'tag'> &
  Partial<Omit<Release, 'id' | 'tag' | 'assets'>> & { readonly assets?: readonly NewAsset[] }

/** Puts a release there as if it had always been; the tag of a public one is made where there is none. */
export function seedRelease(world: World, { assets = [], ...fields }: NewRelease): Release {
  const at = fields.createdAt ?? now()
  const draft = fields.draft ?? false
  const release: Release = {
    id: world.nextId(),
    name: null,
    body: null,
    prerelease: false,
    latest: false,
    target: world.git.defaultBranch,
    discussionCategory: undefined,
    author: 'github-actions[bot]',
    createdAt: at,
    publishedAt: draft ? undefined : at,
    draft,
    immutable: !draft && world.settings.immutableReleases,
    ...fields,
    assets: assets.map(asset => seedAsset(world, asset, at)),
  }
  if (!draft) {
    makeTag(world, release)
    release.createdAt = fields.createdAt ?? commitDate(world, release)
  }
  if (release.immutable) world.records.burnedTags.add(release.tag)
  world.records.releases.push(release)
  markLatest(world, release, `${fields.latest ?? true}`)
  return release
}

function seedAsset(world: World, asset: NewAsset, createdAt: string): ReleaseAsset {
  const starter = {
    id: world.nextId(),
    name: asset.name,
    label: null,
    contentType: 'application/octet-stream',
    state: 'starter',
    size: 0,
    digest: undefined,
    content: undefined,
    createdAt,
  } as const
  if (!('content' in asset)) return starter
  const { label = null, content } = asset
  return { ...starter, label, state: 'uploaded', ...measured(Buffer.from(content)) }
}
