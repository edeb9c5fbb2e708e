import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { settled } from '../settled.ts'
import type { Release } from './release.ts'
import { isSealed, releaseGone } from './release-problem.ts'

export interface Removal {
  /** `owner/name` */
  readonly repository: string
  readonly release: Pick<Release, 'id'>
  readonly assetId: number
}

/**
 * Deletes an asset of a draft; one that is gone is fine. Where another run has published the draft meanwhile it stays, and the
 * outcome is `published`. Throws UserErrors RELEASE_GONE, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function deleteAsset(client: GitHubClient, removal: Removal): Promise<'gone' | 'published'> {
  const path = `/repos/${removal.repository}/releases/assets/${removal.assetId}`
  const call = `DELETE /releases/assets/${removal.assetId}`
  const { value } = await settled<'gone' | 'published'>(client, {
    call,
    needs: 'contents: write',
    read: async () => {
      if (!(await isDraft(client, removal))) return 'published'
      const answer = await client.request('GET', path)
      if (answer.status === 404) return 'gone'
      if (answer.status === 200) return undefined
      throw new GitHubRefusal(`GET /releases/assets/${removal.assetId}`, answer)
    },
    write: () => client.request('DELETE', path, { once: true }),
    made: answer => {
      if (answer.status < 300 || answer.status === 404) return 'gone'
      if (isSealed(answer)) return 'published'
      throw new GitHubRefusal(call, answer)
    },
  })
  return value
}

async function isDraft(client: GitHubClient, { repository, release }: Removal): Promise<boolean> {
  const answer = await client.request('GET', `/repos/${repository}/releases/${release.id}`)
  if (answer.status === 404) throw releaseGone(release.id)
  if (answer.status !== 200) throw new GitHubRefusal(`GET /releases/${release.id}`, answer)
  return (answer.body as { draft: boolean }).draft
}
