import { notFound } from '../api-error.ts'
import { publishedOf, releaseOf, visibleReleases } from '../releases/find-release.ts'
import { generatedNotes, type NotesRequest } from '../releases/generated-notes.ts'
import { latestRelease, markLatest } from '../releases/latest-release.ts'
import { releaseModel, untagged } from '../releases/models.ts'
import { discussionFor, makeTag, publish } from '../releases/publish-release.ts'
import type { Release } from '../releases/records.ts'
import { checkLatest, checkRelease } from '../releases/release-rules.ts'
import { type ApiRequest, type ApiResponse, now, type Routes, type World } from '../world.ts'

export const releaseRoutes: Routes = {
  'GET /repos/{owner}/{repo}/releases': ({ world }) => ({
    status: 200,
    body: visibleReleases(world)
      .toReversed()
      .map(release => releaseModel(world, release)),
  }),

  'GET /repos/{owner}/{repo}/releases/{release_id}': ({ params, world }) =>
    found(world, releaseOf(world, params.release_id)),

  'GET /repos/{owner}/{repo}/releases/latest': ({ world }) => found(world, latestRelease(world)),

  'GET /repos/{owner}/{repo}/releases/tags/{tag}': ({ params, world }) =>
    found(world, publishedOf(world, params.tag ?? '')),

  'POST /repos/{owner}/{repo}/releases': ({ body, world }) => {
    const release = newRelease(world, body)
    checkRelease(world, release)
    if (body.draft !== true) {
      checkLatest({ ...release, draft: false }, body.make_latest)
      release.discussionCategory = discussionFor(world, body.discussion_category_name)
      publish(world, release)
    }
    world.records.releases.push(release)
    markLatest(world, release, body.make_latest)
    return { status: 201, body: releaseModel(world, release) }
  },

  'PATCH /repos/{owner}/{repo}/releases/{release_id}': ({ params, body, world }) => {
    const release = releaseOf(world, params.release_id)
    update(world, release, body)
    return { status: 200, body: releaseModel(world, release) }
  },

  // The tag stays.
  'DELETE /repos/{owner}/{repo}/releases/{release_id}': ({ params, world }) => {
    const { releases } = world.records
    releases.splice(releases.indexOf(releaseOf(world, params.release_id)), 1)
    return { status: 204 }
  },

  'POST /repos/{owner}/{repo}/releases/generate-notes': ({ body, world }) => ({
    status: 200,
    body: generatedNotes(world, notesRequest(body)),
  }),
}

function found(world: World, release: Release | undefined): ApiResponse {
  if (!release) throw notFound()
  return { status: 200, body: releaseModel(world, release) }
}

function newRelease(world: World, body: ApiRequest['body']): Release {
  const notes = body.generate_release_notes === true ? generatedNotes(world, notesRequest(body)) : undefined
  const texts = [text(body.body), notes?.body].filter(part => part !== undefined && part !== null)
  return {
    id: world.nextId(),
    tag: String(body.tag_name),
    name: text(body.name) ?? notes?.name ?? null,
    body: texts.length > 0 ? texts.join('\n\n') : null,
    draft: true,
    prerelease: body.prerelease === true,
    immutable: false,
    latest: false,
    target: text(body.target_commitish) ?? world.git.defaultBranch,
    discussionCategory: undefined,
    author: 'github-actions[bot]',
    createdAt: now(),
    publishedAt: undefined,
    assets: [],
  }
}

function update(world: World, release: Release, body: ApiRequest['body']): void {
  const next: Release = {
    ...release,
    tag: text(body.tag_name) ?? (release.draft ? untagged(release) : release.tag),
    name: 'name' in body ? text(body.name) : release.name,
    body: 'body' in body ? text(body.body) : release.body,
    prerelease: body.prerelease === undefined ? release.prerelease : body.prerelease === true,
    target: text(body.target_commitish) ?? release.target,
    draft: body.draft === true || release.draft,
  }
  checkRelease(world, next, release)
  const isPublished = release.draft && body.draft === false
  const draft = next.draft && !isPublished
  checkLatest({ ...next, draft }, body.make_latest)
  if (!draft) next.discussionCategory ??= discussionFor(world, body.discussion_category_name)
  if (isPublished) publish(world, next)
  else if (!next.draft && next.tag !== release.tag) makeTag(world, next)
  Object.assign(release, next)
  if (isPublished || body.make_latest !== undefined || next.prerelease || next.draft) {
    markLatest(world, release, body.make_latest)
  }
}

function notesRequest(body: ApiRequest['body']): NotesRequest {
  const [target, previousTag] = [text(body.target_commitish), text(body.previous_tag_name)]
  return {
    tag: String(body.tag_name),
    ...(target ? { target } : {}),
    ...(previousTag ? { previousTag } : {}),
  }
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
