import type { GitHubClient } from '../client.ts'
import { asRelease, type Release } from './release.ts'
import { asked } from './release-problem.ts'

/**
 * All releases of a repository (`owner/name`), the newest first. Drafts are only seen by those who may write; GitHub's search by
 * tag never finds them. Throws UserErrors RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function listReleases(client: GitHubClient, repository: string): Promise<Release[]> {
  const call = { call: 'GET /releases', needs: 'contents: write' }
  return asked(client, call, async () => {
    const found: Release[] = []
    for await (const item of client.paginate(`/repos/${repository}/releases`)) found.push(asRelease(item))
    return found
  })
}
