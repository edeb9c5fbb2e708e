import { ApiError } from '../api-error.ts'
import { assetModel } from '../releases/models.ts'
import type { ReleaseAsset } from '../releases/records.ts'
import { assetOf, releaseOf } from '../releases/release-state.ts'
import { type ApiRequest, type ApiResponse, now, type Routes } from '../world.ts'

export const releaseAssetRoutes: Routes = {
  'GET /repos/{owner}/{repo}/releases/{release_id}/assets': ({ params, world }) => {
    const release = releaseOf(world, params.release_id)
    return { status: 200, body: release.assets.map(asset => assetModel(world, release, asset)) }
  },

  'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}': ({ params, world }) => {
    const { release, asset } = assetOf(world, params.asset_id)
    release.assets.splice(release.assets.indexOf(asset), 1)
    return { status: 204 }
  },
}

/** What `upload_url` leads to: on GitHub another host, here below `/uploads`. */
export const uploadRoutes: Routes = {
  'POST /repos/{owner}/{repo}/releases/{release_id}/assets': upload,
}

async function upload({ params, query, headers, stream, world }: ApiRequest): Promise<ApiResponse> {
  const release = releaseOf(world, params.release_id)
  const name = query.get('name') ?? ''
  if (release.assets.some(asset => asset.name === name)) {
    const error = { resource: 'ReleaseAsset', code: 'already_exists', field: 'name' }
    throw new ApiError(422, 'Validation Failed', [error])
  }
  const asset: ReleaseAsset = {
    id: world.nextId(),
    name,
    label: query.get('label'),
    contentType: headers['content-type'] ?? 'application/octet-stream',
    state: 'starter',
    size: 0,
    digest: undefined,
    content: undefined,
    createdAt: now(),
  }
  release.assets.push(asset)
  Object.assign(asset, await world.assetFiles.keep(stream, asset.id), { state: 'uploaded' })
  return { status: 201, body: assetModel(world, release, asset) }
}
