import { type GitHubClient, GitHubRefusal, type GitHubResponse } from './client.ts'

/**
 * What a query gives. `what` names it in errors. Rejects with a GitHubRefusal for every answer that is not whole: GraphQL
 * reports errors with HTTP 200.
 */
export async function graphqlData<T>(
  client: GitHubClient,
  what: string,
  query: string,
  variables: object,
): Promise<T> {
  const answer = await client.graphql(query, variables)
  const { data } = (answer.body ?? {}) as { data?: T | null }
  if (answer.status !== 200 || !data || typesIn(answer).length > 0) {
    throw new GitHubRefusal(`GraphQL ${what}`, answer)
  }
  return data
}

/** The types of a GraphQL answer's errors: `STALE_DATA`, `FORBIDDEN`; an error without one counts as `UNKNOWN`. */
export function typesIn({ body }: GitHubResponse): string[] {
  const { errors } = (body ?? {}) as { errors?: { type?: string }[] }
  return Array.isArray(errors) ? errors.map(({ type = 'UNKNOWN' }) => type) : []
}

/** `owner/name` as the variables of a query. */
export function repositoryVariables(repository: string): { owner: string; name: string } {
  const [owner = '', name = ''] = repository.split('/')
  return { owner, name }
}
