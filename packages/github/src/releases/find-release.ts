import type { Release } from './release.ts'

export interface ReleaseSought {
  readonly tag: string
  /** A line of the body of each release that is made here for this tag. */
  readonly marker: string
}

export type FoundRelease =
  | { readonly kind: 'none' }
  | { readonly kind: 'draft' | 'published'; readonly release: Release }
  | { readonly kind: 'duplicates'; readonly drafts: readonly Release[] }

/**
 * The release of a tag among all of a repository. A published one wins over drafts. The marker finds a draft that lost its tag:
 * a change without `tag_name` turns that into `untagged-…`.
 */
export function findRelease(releases: readonly Release[], { tag, marker }: ReleaseSought): FoundRelease {
  const published = releases.find(release => !release.isDraft && release.tag === tag)
  if (published) return { kind: 'published', release: published }
  const drafts = releases.filter(
    release => release.isDraft && (release.tag === tag || isLost(release, marker)),
  )
  drafts.sort((a, b) => a.id - b.id)
  const [first, second] = drafts
  if (!first) return { kind: 'none' }
  return second ? { kind: 'duplicates', drafts } : { kind: 'draft', release: first }
}

/** GitHub's name for a release without a tag. */
export function isUntagged({ tag }: Release): boolean {
  return tag.startsWith('untagged-')
}

function isLost(release: Release, marker: string): boolean {
  return isUntagged(release) && release.body.split(/\r?\n/).some(line => line.trim() === marker.trim())
}
