import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { explained } from '../settled.ts'
import { releaseGone } from './release-problem.ts'

/** A file of a release. */
export interface Asset {
  readonly id: number
  readonly name: string
  /** In bytes. */
  readonly size: number
  /** `uploaded`; `starter` or `open` of one that is not whole. */
  readonly state: string
  /** `sha256:<hex>`; undefined where the server does not compute it. */
  readonly digest: string | undefined
  /** For browsers. */
  readonly url: string
}

interface AssetData {
  readonly id: number
  readonly name: string
  readonly size: number
  readonly state: string
  readonly digest?: string | null
  readonly browser_download_url: string
}

export function asAsset(item: unknown): Asset {
  const { id, name, size, state, digest, browser_download_url } = item as AssetData
  return { id, name, size, state, digest: digest?.toLowerCase() ?? undefined, url: browser_download_url }
}

/** All assets of a release. Throws UserErrors RELEASE_GONE, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER. */
export async function listAssets(
  client: GitHubClient,
  { repository, releaseId }: { readonly repository: string; readonly releaseId: number },
): Promise<Asset[]> {
  const call = { call: `GET /releases/${releaseId}/assets`, needs: 'contents: write' }
  return explained(client, call, async () => {
    try {
      const found: Asset[] = []
      const path = `/repos/${repository}/releases/${releaseId}/assets`
      for await (const item of client.paginate(path)) found.push(asAsset(item))
      return found
    } catch (error) {
      if (error instanceof GitHubRefusal && error.response.status === 404) throw releaseGone(releaseId)
      throw error
    }
  })
}
