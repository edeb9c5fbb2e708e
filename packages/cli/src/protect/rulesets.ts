import type { RulesetWish } from '@tokenledger/github'
import { MERGE_QUEUE } from './merge-queue.ts'

/** GitHub Actions among the apps that report checks; nobody else's check of the same name counts then. */
const ACTIONS_APP = 15368
/** https://docs.github.com/en/rest/repos/rules: the built-in roles have fixed ids. */
const ROLES = { maintain: 2, admin: 5 }

export interface BranchWish {
  /** Names of the checks to require. */
  readonly checks: readonly string[]
  readonly reviews: number
  /** Whether there is a CODEOWNERS file. */
  readonly codeOwners: boolean
  readonly mergeQueue: boolean
}

/** The default branch: changes only by reviewed pull requests whose checks pass, for everybody. */
export function branchRuleset({ checks, reviews, codeOwners, mergeQueue }: BranchWish): RulesetWish {
  const review = {
    required_approving_review_count: reviews,
    dismiss_stale_reviews_on_push: true,
    require_code_owner_review: codeOwners,
    require_last_push_approval: false,
    required_review_thread_resolution: true,
  }
  const status = {
    // A queue tests on the newest state of the branch by itself.
    strict_required_status_checks_policy: !mergeQueue,
    required_status_checks: checks.map(context => ({ context, integration_id: ACTIONS_APP })),
  }
  return {
    ...active('tokenledger-actions: default branch', 'branch', '~DEFAULT_BRANCH'),
    rules: [
      { type: 'deletion' },
      { type: 'non_fast_forward' },
      { type: 'pull_request', parameters: review },
      // GitHub takes no rule that requires nothing.
      ...(checks.length > 0 ? [{ type: 'required_status_checks', parameters: status }] : []),
      ...(mergeQueue ? [MERGE_QUEUE] : []),
    ],
  }
}

/** Tags of releases stay where they are, for everybody. */
export function tagRuleset(pattern: string): RulesetWish {
  return {
    ...active('tokenledger-actions: release tags', 'tag', `refs/tags/${pattern}`),
    rules: [{ type: 'deletion' }, { type: 'update' }],
  }
}

/** Who may make tags of releases. A ruleset of its own, as those on its bypass list would else be let through everything. */
export function tagCreationRuleset(pattern: string): RulesetWish {
  return {
    ...active('tokenledger-actions: creation of release tags', 'tag', `refs/tags/${pattern}`),
    bypass_actors: Object.values(ROLES).map(actor_id => ({
      actor_id,
      actor_type: 'RepositoryRole',
      bypass_mode: 'always',
    })),
    rules: [{ type: 'creation' }],
  }
}

function active(name: string, target: RulesetWish['target'], include: string): Omit<RulesetWish, 'rules'> {
  return {
    name,
    target,
    enforcement: 'active',
    bypass_actors: [],
    conditions: { ref_name: { include: [include], exclude: [] } },
  }
}
