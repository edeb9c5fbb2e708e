import { ApiError, notFound, unprocessable } from '../api-error.ts'
import { FORBIDDEN } from '../permissions.ts'
import type { World } from '../world.ts'
import { publishedOf } from './find-release.ts'
import type { Release } from './records.ts'

/** GitHub's limit in characters. */
const LONGEST_BODY = 125_000

/** GitHub's `Validation Failed` for a release, with one or more reasons. */
export function invalidRelease(...reasons: readonly object[]): ApiError {
  const errors = reasons.map(reason => ({ resource: 'Release', ...reason }))
  return new ApiError(422, 'Validation Failed', errors)
}

/** Throws what GitHub says to a release that is to become `next`; `old` is what it was. */
export function checkRelease(world: World, next: Release, old?: Release): void {
  checkWorkflows(world)
  if (old?.immutable) checkSealed(old, next)
  if (next.body !== null && [...next.body].length > LONGEST_BODY) {
    throw unprocessable('Release', 'body', `body is too long (maximum is ${LONGEST_BODY} characters)`)
  }
  if (world.git.try('check-ref-format', `refs/tags/${next.tag}`) === undefined) {
    throw unprocessable('Release', 'tag_name', 'tag_name is not well-formed')
  }
  const published = publishedOf(world, next.tag)
  if (published && published !== old) throw invalidRelease({ code: 'already_exists', field: 'tag_name' })
}

/** Throws when `make_latest` asks for what drafts and prereleases cannot be. */
export function checkLatest({ draft, prerelease }: Release, wish: unknown): void {
  if (wish === 'true' && (draft || prerelease)) {
    throw invalidRelease({ code: 'custom', message: 'Latest release cannot be draft or prerelease.' })
  }
}

/** Title and text of an immutable release can be edited; the words for its tag are ours. */
function checkSealed(old: Release, next: Release): void {
  if (next.draft) throw sealed('state')
  if (next.tag !== old.tag) throw sealed('tag_name')
}

function sealed(field: string): ApiError {
  return unprocessable('Release', field, `${field} cannot be changed when release is immutable`)
}

/** The setting for a commit whose workflows differ from those of the default branch. */
function checkWorkflows({ settings }: World): void {
  const status = settings.targetChangesWorkflows
  if (status === 404) throw notFound()
  if (status === 403) throw new ApiError(403, FORBIDDEN)
}
