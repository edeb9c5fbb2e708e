import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { settled } from '../settled.ts'

/** Deletes a draft that holds nothing; one that another run has begun to fill, or to publish, stays. */
export async function deleteDraft(client: GitHubClient, repository: string, id: number): Promise<void> {
  const path = `/repos/${repository}/releases/${id}`
  await settled<'gone' | 'used'>(client, {
    call: `DELETE /releases/${id}`,
    needs: 'contents: write',
    read: async () => {
      const answer = await client.request('GET', path)
      if (answer.status === 404) return 'gone'
      if (answer.status !== 200) throw new GitHubRefusal(`GET /releases/${id}`, answer)
      const { draft, assets } = answer.body as { draft: boolean; assets: readonly unknown[] }
      return draft && assets.length === 0 ? undefined : 'used'
    },
    write: () => client.request('DELETE', path, { once: true }),
    made: answer => {
      if (answer.status < 300 || answer.status === 404) return 'gone'
      throw new GitHubRefusal(`DELETE /releases/${id}`, answer)
    },
  })
}
