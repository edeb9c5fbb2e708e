import { createHash } from 'node:crypto'
import { nodeId, user } from '../models.ts'
import type { World } from '../world.ts'
import type { Release, ReleaseAsset } from './records.ts'

export function releaseModel(world: World, release: Release): object {
  const { repositoryUrl, htmlUrl, apiUrl, owner, name } = world
  const url = `${repositoryUrl}/releases/${release.id}`
  const archive = (kind: string) => (release.draft ? null : `${repositoryUrl}/${kind}/${release.tag}`)
  return {
    url,
    assets_url: `${url}/assets`,
    upload_url: `${apiUrl}/uploads/repos/${owner}/${name}/releases/${release.id}/assets{?name,label}`,
    html_url: `${htmlUrl}/releases/tag/${pageOf(release)}`,
    id: release.id,
    author: user(release.author),
    node_id: nodeId('Release', release.id),
    tag_name: release.tag,
    target_commitish: release.target,
    name: release.name,
    draft: release.draft,
    immutable: release.immutable,
    prerelease: release.prerelease,
    created_at: release.createdAt,
    updated_at: release.publishedAt ?? release.createdAt,
    published_at: release.draft ? null : (release.publishedAt ?? null),
    assets: release.assets.map(asset => assetModel(world, release, asset)),
    tarball_url: archive('tarball'),
    zipball_url: archive('zipball'),
    body: release.body,
    ...(release.discussionCategory ? { discussion_url: `${htmlUrl}/discussions/${release.id}` } : {}),
  }
}

export function assetModel(
  { repositoryUrl, htmlUrl, settings }: World,
  release: Release,
  asset: ReleaseAsset,
): object {
  const { id, name, label, state, size, createdAt: at } = asset
  return {
    url: `${repositoryUrl}/releases/assets/${id}`,
    id,
    node_id: nodeId('ReleaseAsset', id),
    name,
    label: label ?? '',
    uploader: user(release.author),
    content_type: asset.contentType,
    state,
    size,
    digest: settings.digests ? (asset.digest ?? null) : null,
    download_count: 0,
    created_at: at,
    updated_at: at,
    browser_download_url: `${htmlUrl}/releases/download/${pageOf(release)}/${encodeURIComponent(name)}`,
  }
}

/** The tag that a draft gets when an update does not name it; also the address of every draft's page. */
export function untagged({ id }: Release): string {
  return `untagged-${createHash('sha256').update(`release ${id}`).digest('hex').slice(0, 20)}`
}

function pageOf(release: Release): string {
  return encodeURIComponent(release.draft ? untagged(release) : release.tag)
}
