import { type GitHubClient, GitHubRefusal } from '../client.ts'

export interface Run {
  readonly url: string
  readonly conclusion?: string
}

interface RunData {
  readonly html_url: string
  readonly head_branch: string | null
  readonly conclusion: string | null
}

/** Runs of a workflow at a ref and commit, newest first; none for a workflow that GitHub does not know. Needs `actions: read`. */
export async function runsAt(
  client: GitHubClient,
  workflow: string,
  { ref, sha }: { readonly ref: string; readonly sha: string },
): Promise<Run[]> {
  const answer = await client.request('GET', `${workflow}/runs`, { query: { head_sha: sha, per_page: 100 } })
  if (answer.status === 404) return []
  if (answer.status !== 200) throw new GitHubRefusal(`GET ${workflow}/runs`, answer)
  const { workflow_runs: runs } = answer.body as { workflow_runs: RunData[] }
  return runs
    .filter(({ head_branch }) => head_branch === ref)
    .map(({ html_url, conclusion }) => ({ url: html_url, ...(conclusion ? { conclusion } : {}) }))
}
