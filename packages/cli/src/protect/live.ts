import {
  type GitHubClient,
  listRulesets,
  readRuleset,
  readWorkflowPermissions,
  releasesAreImmutable,
} from '@tokenledger/github'
import type { Live } from './plan.ts'

/** How a repository is protected now; rulesets of these names with their rules. */
export async function readLive(
  client: GitHubClient,
  repository: string,
  names: readonly string[],
): Promise<Live> {
  // First, since it refuses every token that may not administer; the others would answer 404, or less than there is.
  const workflowPermissions = await readWorkflowPermissions(client, repository)
  const listed = await listRulesets(client, repository)
  const ours = listed.filter(({ name }) => names.includes(name))
  const rulesets = await Promise.all(ours.map(({ id }) => readRuleset(client, repository, id)))
  return {
    rulesets: rulesets.filter(ruleset => ruleset !== undefined),
    otherRulesets: listed.filter(ruleset => !ours.includes(ruleset)).map(({ name }) => name),
    immutableReleases: await releasesAreImmutable(client, repository),
    workflowPermissions,
  }
}
