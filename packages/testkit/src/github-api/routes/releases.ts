import { notFound } from '../api-error.ts'
import { releaseModel, untagged } from '../releases/models.ts'
import type { Release } from '../releases/records.ts'
import {
  checkBody,
  checkTag,
  checkWorkflows,
  publish,
  publishedOf,
  releaseOf,
  visibleReleases,
} from '../releases/release-state.ts'
import { type ApiRequest, now, type Routes, type World } from '../world.ts'

export const releaseRoutes: Routes = {
  'GET /repos/{owner}/{repo}/releases': ({ world }) => ({
    status: 200,
    body: visibleReleases(world)
      .toReversed()
      .map(release => releaseModel(world, release)),
  }),

  'GET /repos/{owner}/{repo}/releases/{release_id}': ({ params, world }) => ({
    status: 200,
    body: releaseModel(world, releaseOf(world, params.release_id)),
  }),

  'GET /repos/{owner}/{repo}/releases/tags/{tag}': ({ params, world }) => {
    const found = publishedOf(world, params.tag ?? '')
    if (!found) throw notFound()
    return { status: 200, body: releaseModel(world, found) }
  },

  'POST /repos/{owner}/{repo}/releases': ({ body, world }) => {
    const release = newRelease(world, body)
    checkWorkflows(world)
    checkBody(release.body)
    checkTag(world, release.tag)
    if (body.draft !== true) publish(world, release)
    world.records.releases.push(release)
    return { status: 201, body: releaseModel(world, release) }
  },

  'PATCH /repos/{owner}/{repo}/releases/{release_id}': ({ params, body, world }) => {
    const release = releaseOf(world, params.release_id)
    update(world, release, body)
    return { status: 200, body: releaseModel(world, release) }
  },
}

function newRelease(world: World, body: ApiRequest['body']): Release {
  return {
    id: world.nextId(),
    tag: String(body.tag_name),
    name: text(body.name),
    body: text(body.body),
    draft: true,
    prerelease: body.prerelease === true,
    immutable: false,
    target: String(body.target_commitish ?? world.git.defaultBranch),
    discussionCategory: undefined,
    author: 'github-actions[bot]',
    createdAt: now(),
    publishedAt: undefined,
    assets: [],
  }
}

function update(world: World, release: Release, body: ApiRequest['body']): void {
  const next = { ...release }
  if (body.tag_name !== undefined) next.tag = String(body.tag_name)
  else if (release.draft) next.tag = untagged(release)
  if (body.name !== undefined) next.name = text(body.name)
  if (body.body !== undefined) next.body = text(body.body)
  if (body.prerelease !== undefined) next.prerelease = body.prerelease === true
  if (body.target_commitish !== undefined) next.target = String(body.target_commitish)
  checkBody(next.body)
  checkTag(world, next.tag, release)
  if (release.draft && body.draft === false) publish(world, next)
  Object.assign(release, next)
}

function text(value: unknown): string | null {
  return typeof value === 'string' ? value : null
}
