import type { Readable } from 'node:stream'
import { ApiError } from '../api-error.ts'
import type { Break } from '../interception.ts'
import { type ApiRequest, type ApiResponse, now } from '../world.ts'
import { assetName } from './asset-name.ts'
import { releaseOf } from './find-release.ts'
import { assetModel } from './models.ts'
import type { Release, ReleaseAsset } from './records.ts'

const MOST_ASSETS = 1000
/** Bytes: 2 GiB. */
const LARGEST_ASSET = 2 ** 31

/** Takes an asset's bytes as they arrive. From its first byte on it is there as a `starter`, and stays one if it breaks off. */
export async function uploadAsset(request: ApiRequest): Promise<ApiResponse> {
  const { params, stream, world } = request
  const release = releaseOf(world, params.release_id)
  const asset = start(request, release)
  Object.assign(asset, await world.assetFiles.keep(stream, asset.id), { state: 'uploaded' })
  return { status: 201, body: assetModel(world, release, asset) }
}

/** What a break before its effect leaves of an upload: a starter only where GitHub would have begun one. */
export async function breakUpload(
  request: ApiRequest,
  { afterBytes = 0, leavesStarter = false }: Break,
): Promise<void> {
  if (leavesStarter) {
    try {
      start(request, releaseOf(request.world, request.params.release_id))
    } catch (error) {
      if (!(error instanceof ApiError)) throw error
    }
  }
  await read(request.stream, afterBytes)
}

function start(request: ApiRequest, release: Release): ReleaseAsset {
  const { query, headers, world } = request
  const name = assetName(query.get('name') ?? '')
  check(request, release, name)
  const asset: ReleaseAsset = {
    id: world.nextId(),
    name,
    label: query.get('label'),
    contentType: headers['content-type'] ?? '',
    state: 'starter',
    size: 0,
    digest: undefined,
    content: undefined,
    createdAt: now(),
  }
  release.assets.push(asset)
  return asset
}

function check({ headers }: ApiRequest, release: Release, name: string): void {
  if (release.immutable) throw new ApiError(422, 'Cannot upload assets to an immutable release.')
  const length = headers['content-length']
  if (length === undefined) throw new ApiError(400, 'Bad Content-Length: ')
  if (name === '') throw invalidAsset({ code: 'missing_field', field: 'name' })
  if (!headers['content-type']) throw custom('content_type', "content_type can't be blank")
  if (Number(length) === 0) throw custom('size', 'size must be greater than or equal to 1')
  if (Number(length) >= LARGEST_ASSET) throw custom('size', `size must be less than ${LARGEST_ASSET}`)
  if (release.assets.some(asset => asset.name === name)) {
    throw invalidAsset({ code: 'already_exists', field: 'name' })
  }
  if (release.assets.length >= MOST_ASSETS) {
    throw custom('file_count', `file_count limited to ${MOST_ASSETS} assets per release`)
  }
}

function custom(field: string, message: string): ApiError {
  return invalidAsset({ code: 'custom', field, message })
}

function invalidAsset(reason: object): ApiError {
  return new ApiError(422, 'Validation Failed', [{ resource: 'ReleaseAsset', ...reason }])
}

/** Reads no more of the stream than it takes to have so many bytes. */
async function read(stream: Readable, bytes: number): Promise<void> {
  let left = bytes
  if (left <= 0) return
  for await (const chunk of stream.iterator({ destroyOnReturn: false })) {
    left -= chunk.length
    if (left <= 0) return
  }
}
