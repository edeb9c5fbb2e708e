import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { RulesetWish, WorkflowPermissions } from '@tokenledger/github'
import { callsOurs, type Workflow } from '../check/model/workflow.ts'
import { type PullRequestChecks, pullRequestChecks } from '../workflows/pull-request-checks.ts'
import { readWorkflows } from '../workflows/read-workflows.ts'
import { requireMergeGroup } from './merge-queue.ts'
import type { ProtectOptions } from './options.ts'
import { branchRuleset, tagCreationRuleset, tagRuleset } from './rulesets.ts'

/** How a repository is to be protected. */
export interface Wish {
  readonly rulesets: readonly RulesetWish[]
  readonly workflowPermissions: Partial<WorkflowPermissions>
  readonly checks: PullRequestChecks
}

/** Where GitHub looks for the owners of code. */
const CODEOWNERS = ['.github/CODEOWNERS', 'CODEOWNERS', 'docs/CODEOWNERS']

/**
 * What fits the workflows and the owners of code of a checkout. `branch` is the default branch. Throws a UserError for a merge
 * queue that would not work with the workflows.
 */
export function wishFor(root: string, branch: string, options: ProtectOptions): Wish {
  const workflows = readWorkflows(root)
  const checks = pullRequestChecks(workflows, branch)
  const codeOwners = CODEOWNERS.some(path => existsSync(join(root, path)))
  const { reviews, tags, restrictTagCreation, mergeQueue } = options
  if (mergeQueue) requireMergeGroup(workflows, checks)
  return {
    rulesets: [
      tagRuleset(tags),
      ...(restrictTagCreation ? [tagCreationRuleset(tags)] : []),
      branchRuleset({ checks: checks.required.map(({ name }) => name), reviews, codeOwners, mergeQueue }),
    ],
    workflowPermissions: {
      defaultAccess: 'read',
      ...(workflows.some(opensPulls) ? { mayOpenPulls: true } : {}),
    },
    checks,
  }
}

/** Whether a workflow calls version-bump.yml, which opens its pull request with the job's token. */
function opensPulls({ jobs }: Workflow): boolean {
  return jobs.some(
    job =>
      callsOurs(job, 'version-bump.yml') ||
      (job.uses?.kind === 'local' && job.uses.path.endsWith('/version-bump.yml')) ||
      job.steps.some(({ action }) => /\/tokenledger-actions\/actions\/version-bump$/.test(action)),
  )
}
