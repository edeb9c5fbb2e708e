import {
  ensureImmutableReleases,
  ensureRuleset,
  ensureWorkflowPermissions,
  type GitHubClient,
} from '@tokenledger/github'
import type { Plan } from './plan.ts'
import type { Wish } from './wish.ts'

/**
 * Brings about what differs, one setting after the other; `done` hears of each. Every write looks first, so a run that was
 * stopped is simply started again.
 */
export async function applyPlan(
  client: GitHubClient,
  repository: string,
  { plan, wish }: { readonly plan: Plan; readonly wish: Wish },
  done: (title: string) => void,
): Promise<void> {
  const { workflowPermissions, immutableReleases, rulesets } = plan
  if (workflowPermissions.difference.kind !== 'equal') {
    await ensureWorkflowPermissions(client, repository, wish.workflowPermissions)
    done(workflowPermissions.title)
  }
  if (immutableReleases.difference.kind !== 'equal') {
    await ensureImmutableReleases(client, repository)
    done(immutableReleases.title)
  }
  for (const { title, ruleset, difference } of rulesets) {
    if (difference.kind === 'equal') continue
    await ensureRuleset(client, repository, ruleset)
    done(title)
  }
}
