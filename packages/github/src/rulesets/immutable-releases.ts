import type { GitHubClient } from '../client.ts'
import { settled } from '../settled.ts'
import { NEEDS, read, refused } from './administration.ts'

const pathOf = (repository: string) => `/repos/${repository}/immutable-releases`

/** Whether what is published stays as it is. GitHub answers 404 where it does not, and to a token that may not know. */
export async function releasesAreImmutable(client: GitHubClient, repository: string): Promise<boolean> {
  const answer = await read(client, pathOf(repository), [200, 404])
  return answer.status === 200 && (answer.body as { enabled: boolean }).enabled
}

/**
 * Turns immutable releases on; those that are published already stay as they were.
 * Throws UserErrors `…_NOT_ADMINISTRATOR`, `…_ORGANIZATION` and `…_NO_ANSWER`.
 */
export async function ensureImmutableReleases(
  client: GitHubClient,
  repository: string,
): Promise<'changed' | 'already'> {
  const call = `PUT ${pathOf(repository)}`
  const { kind } = await settled<true>(client, {
    call,
    needs: NEEDS,
    read: async () => (await releasesAreImmutable(client, repository)) || undefined,
    write: () => client.request('PUT', pathOf(repository)),
    made(answer) {
      if (answer.status === 204) return true
      throw refused(client, call, answer)
    },
  })
  return kind === 'already' ? 'already' : 'changed'
}
