import { ApiError } from '../api-error.ts'
import { violatedRule } from '../ref-rules.ts'
import { now, type World } from '../world.ts'
import type { Release } from './records.ts'
import { invalidRelease } from './release-rules.ts'

const NO_TAG = { code: 'custom', message: 'Published releases must have a valid tag' }

/** Makes a draft public: its tag is made where there is none, and it is sealed where releases are immutable. */
export function publish(world: World, release: Release): void {
  makeTag(world, release)
  release.draft = false
  release.createdAt = commitDate(world, release)
  release.publishedAt = now()
  release.immutable = world.settings.immutableReleases
  if (release.immutable) world.records.burnedTags.add(release.tag)
}

/** The date of the commit of a release's tag. */
export function commitDate({ git }: World, { tag }: Release): string {
  const commit = git.commit(`refs/tags/${tag}^{commit}`)
  if (!commit) throw new Error(`The tag ${tag} leads to no commit.`)
  return commit.committer.date
}

/** Makes sure that a release's tag is there, and that no other immutable release ever had it. */
export function makeTag(world: World, { tag, target, immutable }: Release): void {
  const { git, records } = world
  const ref = `refs/tags/${tag}`
  const exists = git.ref(ref) !== undefined
  const rule = exists ? undefined : violatedRule(world, ref)
  const refusal = rule ? [{ code: 'custom', field: 'pre_receive', message: `pre_receive ${rule}` }] : []
  if (records.burnedTags.has(tag) && !immutable) {
    const burned = 'tag_name was used by an immutable release'
    throw invalidRelease(...refusal, { code: 'custom', field: 'tag_name', message: burned }, NO_TAG)
  }
  if (rule) throw invalidRelease(...refusal, NO_TAG)
  if (exists) return
  const sha = git.resolve(target)
  if (!sha) throw invalidRelease(NO_TAG, { code: 'invalid', field: 'target_commitish' })
  git.setRef(ref, sha)
}

/** The category in which publishing opens a discussion; a draft forgets the wish for one. */
export function discussionFor({ settings }: World, wish: unknown): string | undefined {
  if (wish === undefined) return undefined
  if (settings.discussionCategories.length === 0) {
    throw new ApiError(404, 'Discussions are not enabled on this repository.')
  }
  const category = `${wish}`.toLowerCase()
  const found = settings.discussionCategories.find(name => name.toLowerCase() === category)
  if (!found) {
    throw new ApiError(404, 'Discussion could not be created. Make sure you passed a valid category name.')
  }
  return found
}
