import type { GitHubClient } from '../client.ts'
import { read } from './administration.ts'
import type { Ruleset } from './ruleset.ts'

/** Id and name of a ruleset, as lists have it. */
export type ListedRuleset = Pick<Ruleset, 'id' | 'name' | 'target' | 'enforcement'>

/** The repository's own rulesets, without those that an organization gives it. */
export async function listRulesets(client: GitHubClient, repository: string): Promise<ListedRuleset[]> {
  const path = `/repos/${repository}/rulesets`
  const found: ListedRuleset[] = []
  for (let page = 1; ; page++) {
    const query = { per_page: 100, includes_parents: 'false', page }
    const answer = await read(client, path, [200], { query })
    found.push(...(answer.body as ListedRuleset[]))
    if (!answer.headers.get('link')?.includes('rel="next"')) return found
  }
}

/** A ruleset with its rules; undefined when it is gone. */
export async function readRuleset(
  client: GitHubClient,
  repository: string,
  id: number,
): Promise<Ruleset | undefined> {
  const answer = await read(client, `/repos/${repository}/rulesets/${id}`, [200, 404])
  return answer.status === 200 ? (answer.body as Ruleset) : undefined
}

/** The repository's own ruleset of this name. GitHub takes no two of one name. */
export async function findRuleset(
  client: GitHubClient,
  repository: string,
  name: string,
): Promise<Ruleset | undefined> {
  const listed = (await listRulesets(client, repository)).find(ruleset => ruleset.name === name)
  return listed && readRuleset(client, repository, listed.id)
}
