import type { World } from '../world.ts'
import type { Release } from './records.ts'

/** The release that carries the mark, else the one that GitHub would choose by itself. */
export function latestRelease(world: World): Release | undefined {
  return candidates(world).find(({ latest }) => latest) ?? newest(world)
}

/**
 * What `make_latest` does once a release is published: `true` marks it, `false` takes the mark away, `legacy` marks the
 * newest. Prereleases are never the latest.
 */
export function markLatest(world: World, release: Release, wish: unknown): void {
  if (release.draft || release.prerelease || wish === 'false') {
    release.latest = false
    return
  }
  const marked = wish === 'legacy' ? newest(world) : release
  for (const one of world.records.releases) one.latest = one === marked
}

function candidates({ records }: World): Release[] {
  return records.releases.filter(({ draft, prerelease }) => !draft && !prerelease)
}

/** By the date of the commit, then by the higher version. */
function newest(world: World): Release | undefined {
  const order = (one: Release, other: Release) =>
    other.createdAt.localeCompare(one.createdAt) || other.tag.localeCompare(one.tag, 'en', { numeric: true })
  return candidates(world).sort(order)[0]
}
