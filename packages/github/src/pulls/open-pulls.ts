import type { GitHubClient } from '../client.ts'

/** An open pull request as far as it is read here. */
export interface PullRequest {
  readonly number: number
  readonly url: string
  readonly title: string
  readonly body: string
  /** Name of its branch. */
  readonly head: string
  readonly labels: readonly string[]
}

interface PullData {
  readonly number: number
  readonly html_url: string
  readonly title: string
  readonly body: string | null
  readonly head: { readonly ref: string; readonly repo: { readonly full_name: string } | null }
  readonly labels: readonly { readonly name: string }[]
}

/** Open pull requests to `base` from branches of the repository itself, only those of `head` where it is given. */
export async function openPulls(
  client: GitHubClient,
  { repository, head, base }: { repository: string; head: string | undefined; base: string },
): Promise<PullRequest[]> {
  const [owner = ''] = repository.split('/')
  const query = { state: 'open', base, ...(head ? { head: `${owner}:${head}` } : {}) }
  const found: PullRequest[] = []
  for await (const item of client.paginate(`/repos/${repository}/pulls`, { query })) {
    // The owner of a fork may be the owner of the repository.
    const isOwn = (item as PullData).head.repo?.full_name.toLowerCase() === repository.toLowerCase()
    if (isOwn) found.push(asPull(item))
  }
  return found
}

export function asPull(item: unknown): PullRequest {
  const { number, html_url, title, body, head, labels } = item as PullData
  return {
    number,
    url: html_url,
    title,
    body: body ?? '',
    head: head.ref,
    labels: labels.map(({ name }) => name),
  }
}
