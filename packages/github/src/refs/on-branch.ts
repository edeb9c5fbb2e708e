import { matchesGlob } from 'node:path'
import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { explained } from '../settled.ts'

/**
 * The first of these branches that holds a commit; undefined when none does. A name with `*` stands for every branch that it
 * fits: `release/*`. Compared by GitHub, so that no history is needed. Needs `contents: read`.
 */
export async function branchWith(
  client: GitHubClient,
  repository: string,
  sha: string,
  branches: readonly string[],
): Promise<string | undefined> {
  const call = { call: `GET /repos/${repository}/compare`, needs: 'contents: read' }
  return explained(client, call, async () => {
    for (const name of branches) {
      for await (const branch of name.includes('*') ? matching(client, repository, name) : [name]) {
        if (await isOn(client, repository, sha, branch)) return branch
      }
    }
    return undefined
  })
}

async function* matching(client: GitHubClient, repository: string, pattern: string): AsyncGenerator<string> {
  const start = pattern.slice(0, pattern.indexOf('*'))
  for await (const item of client.paginate(`/repos/${repository}/git/matching-refs/heads/${start}`)) {
    const name = (item as { ref: string }).ref.slice('refs/heads/'.length)
    if (matchesGlob(name, pattern)) yield name
  }
}

/** A commit that a branch leads to is not ahead of it (`status` of a comparison). No such branch, no such commit: 404. */
async function isOn(client: GitHubClient, repository: string, sha: string, branch: string): Promise<boolean> {
  const path = `/repos/${repository}/compare/${encodeURIComponent(branch)}...${sha}`
  const answer = await client.request('GET', path, { query: { per_page: 1 } })
  if (answer.status === 404) return false
  if (answer.status !== 200) throw new GitHubRefusal(`GET ${path}`, answer)
  return ['identical', 'behind'].includes((answer.body as { status: string }).status)
}
