import type { RulesetWish } from '@tokenledger/github'
import { UserError } from '@tokenledger/kit'
import type { Workflow } from '../check/model/workflow.ts'
import type { PullRequestChecks } from '../workflows/pull-request-checks.ts'

/**
 * The rule that turns a merge queue on, with what GitHub's settings page offers at first.
 * https://docs.github.com/en/rest/repos/rules: `repository-rule-merge-queue`
 */
export const MERGE_QUEUE: RulesetWish['rules'][number] = {
  type: 'merge_queue',
  parameters: {
    check_response_timeout_minutes: 60,
    grouping_strategy: 'ALLGREEN',
    max_entries_to_build: 5,
    max_entries_to_merge: 5,
    merge_method: 'MERGE',
    min_entries_to_merge: 1,
    min_entries_to_merge_wait_minutes: 5,
  },
}

/** Throws a UserError where a merge queue would wait for a required check that no workflow reports to it, or for none. */
export function requireMergeGroup(workflows: readonly Workflow[], { required }: PullRequestChecks): void {
  if (required.length === 0) {
    throw new UserError(
      'PROTECT_MERGE_QUEUE: --merge-queue would merge untested, as no workflow here gives a check to every pull request that could be required.',
    )
  }
  const deaf = workflows.filter(
    ({ path, events }) => !events.has('merge_group') && required.some(({ file }) => file === path),
  )
  if (deaf.length === 0) return
  throw new UserError(
    `PROTECT_MERGE_QUEUE: --merge-queue would wait for ever: ${deaf.map(({ path }) => path).join(', ')} reports a required check and does not start on merge_group. Add "merge_group:" with "types: [checks_requested]" to its "on:".`,
  )
}
