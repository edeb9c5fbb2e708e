import { ApiError, notFound, unprocessable } from '../api-error.ts'
import { isGranted } from '../permissions.ts'
import { violatedRule } from '../ref-rules.ts'
import { now, type World } from '../world.ts'
import type { Release, ReleaseAsset } from './records.ts'

/** GitHub's limit in characters. */
const LONGEST_BODY = 125_000

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

export function publishedOf(world: World, tag: string): Release | undefined {
  return world.records.releases.find(release => !release.draft && release.tag === tag)
}

export function checkBody(body: string | null): void {
  if (body !== null && [...body].length > LONGEST_BODY) {
    throw unprocessable('Release', 'body', `body is too long (maximum is ${LONGEST_BODY} characters)`)
  }
}

/** Throws what GitHub says about this tag for a release; `self` is the release that already has it. */
export function checkTag(world: World, tag: string, self?: Release): void {
  const problems = world.git.try('check-ref-format', `refs/tags/${tag}`) === undefined
  if (problems) throw invalid({ field: 'tag_name', code: 'custom', message: 'tag_name is not well-formed' })
  const other = publishedOf(world, tag)
  if (other && other !== self) throw invalid({ field: 'tag_name', code: 'already_exists' })
}

/** Makes a draft public: its tag is made where there is none, and an immutable release is sealed. */
export function publish(world: World, release: Release): void {
  const { git, records, settings } = world
  if (records.burnedTags.has(release.tag)) {
    throw invalid(
      { field: 'tag_name', code: 'custom', message: 'tag_name was used by an immutable release' },
      { code: 'custom', message: 'Published releases must have a valid tag' },
    )
  }
  const ref = `refs/tags/${release.tag}`
  if (!git.ref(ref)) {
    const rule = violatedRule(world, ref)
    if (rule) {
      throw invalid(
        { field: 'pre_receive', code: 'custom', message: `pre_receive ${rule}` },
        { code: 'custom', message: 'Published releases must have a valid tag' },
      )
    }
    const sha = git.resolve(release.target)
    if (!sha) throw invalid({ field: 'target_commitish', code: 'invalid' })
    git.setRef(ref, sha)
  }
  release.draft = false
  release.publishedAt = now()
  release.immutable = settings.immutableReleases
  if (release.immutable) records.burnedTags.add(release.tag)
}

/** The setting for a commit whose workflows differ from those of the default branch. */
export function checkWorkflows({ settings }: World): void {
  const status = settings.targetChangesWorkflows
  if (status === 404) throw notFound()
  if (status === 403) throw new ApiError(403, 'Resource not accessible by integration')
}

function invalid(...errors: readonly object[]): ApiError {
  return new ApiError(
    422,
    'Validation Failed',
    errors.map(error => ({ resource: 'Release', ...error })),
  )
}
