import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { explained } from '../settled.ts'

/**
 * How many attestations GitHub has of a file (at most 100), by its digest `sha256:<hex>`. Needs `attestations: read`.
 * Throws UserErrors RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function attestationsOf(
  client: GitHubClient,
  { repository, digest }: { readonly repository: string; readonly digest: string },
): Promise<number> {
  const call = { call: `GET /attestations/${digest}`, needs: 'attestations: read' }
  return explained(client, call, async () => {
    const path = `/repos/${repository}/attestations/${digest}`
    const answer = await client.request('GET', path, { query: { per_page: 100 } })
    if (answer.status === 404) return 0
    if (answer.status !== 200) throw new GitHubRefusal(call.call, answer)
    return (answer.body as { attestations: readonly unknown[] }).attestations.length
  })
}
