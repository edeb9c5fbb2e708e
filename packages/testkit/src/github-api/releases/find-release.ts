import { notFound } from '../api-error.ts'
import { isGranted } from '../permissions.ts'
import type { World } from '../world.ts'
import type { Release, ReleaseAsset } from './records.ts'

/** Drafts are there only for those who may write. */
export function visibleReleases({ records, settings }: World): Release[] {
  const seesDrafts = isGranted(settings.permissions, 'contents', 'write')
  return records.releases.filter(({ draft }) => seesDrafts || !draft)
}

export function releaseOf(world: World, id: string | undefined): Release {
  const found = visibleReleases(world).find(release => `${release.id}` === id)
  if (!found) throw notFound()
  return found
}

export function assetOf(world: World, id: string | undefined): { release: Release; asset: ReleaseAsset } {
  for (const release of visibleReleases(world)) {
    const asset = release.assets.find(candidate => `${candidate.id}` === id)
    if (asset) return { release, asset }
  }
  throw notFound()
}

export function publishedOf({ records }: World, tag: string): Release | undefined {
  return records.releases.find(release => !release.draft && release.tag === tag)
}
