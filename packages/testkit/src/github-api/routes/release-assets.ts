import { ApiError, notFound } from '../api-error.ts'
import { assetOf, releaseOf } from '../releases/find-release.ts'
import { assetModel } from '../releases/models.ts'
import { uploadAsset } from '../releases/upload-asset.ts'
import type { Routes } from '../world.ts'

export const releaseAssetRoutes: Routes = {
  'GET /repos/{owner}/{repo}/releases/{release_id}/assets': ({ params, world }) => {
    const release = releaseOf(world, params.release_id)
    return { status: 200, body: release.assets.map(asset => assetModel(world, release, asset)) }
  },

  'GET /repos/{owner}/{repo}/releases/assets/{asset_id}': ({ params, accept, world }) => {
    const { release, asset } = assetOf(world, params.asset_id)
    if (!accept.includes('application/octet-stream')) {
      return { status: 200, body: assetModel(world, release, asset) }
    }
    if (asset.state === 'starter') throw notFound()
    return { status: 302, headers: { location: world.downloads.address(asset) } }
  },

  'DELETE /repos/{owner}/{repo}/releases/assets/{asset_id}': ({ params, world }) => {
    const { release, asset } = assetOf(world, params.asset_id)
    if (release.immutable) throw new ApiError(422, 'Cannot delete asset from an immutable release')
    release.assets.splice(release.assets.indexOf(asset), 1)
    return { status: 204 }
  },
}

/** What `upload_url` leads to: on GitHub another host, here below `/uploads`. */
export const uploadRoutes: Routes = {
  'POST /repos/{owner}/{repo}/releases/{release_id}/assets': uploadAsset,
}
