import type { Job, Workflow } from '../check/model/workflow.ts'
import { decidingJobs, gateOfOurs } from './gate.ts'
import { jobNames } from './job-names.ts'
import { pullRequestTrigger } from './pull-request-trigger.ts'

/** A check that every pull request gets, by the name under which it can be required. */
export interface Check {
  readonly name: string
  /** `.github/workflows/ci.yml` */
  readonly file: string
}

/** A job whose check cannot be required, and why. */
export interface NotRequired extends Check {
  readonly why: string
}

export interface PullRequestChecks {
  readonly required: readonly Check[]
  readonly notRequired: readonly NotRequired[]
}

/** GitHub's limit of workflows that call one another. */
const DEEPEST_CALL = 10

/**
 * The checks to require of pull requests to a branch: the gate of each workflow, and every job that no gate judges. Jobs whose
 * check may not come, or whose name nobody knows before a run, come with the reason.
 */
export function pullRequestChecks(workflows: readonly Workflow[], branch: string): PullRequestChecks {
  const found = workflows.flatMap(workflow => {
    const trigger = pullRequestTrigger(workflow, branch)
    if (trigger.kind === 'none') return []
    const checks = checksOf(workflow, workflows, [], [])
    return trigger.kind === 'every' ? checks : checks.map(check => ({ ...check, why: trigger.why }))
  })
  const required = new Map<string, Check>()
  for (const check of found) if (!('why' in check)) required.set(check.name, check)
  return {
    required: [...required.values()],
    notRequired: found.filter(check => 'why' in check).filter(({ name }) => !required.has(name)),
  }
}

function checksOf(
  workflow: Workflow,
  all: readonly Workflow[],
  callers: readonly string[],
  within: readonly Workflow[],
): (Check | NotRequired)[] {
  return decidingJobs(workflow).flatMap(job => {
    const file = workflow.path
    const spelled = (name: string) => [...callers, name].join(' / ')
    const left = (why: string) => [{ name: spelled(job.item.get('name')?.text || job.id), file, why }]
    const why = whyNot(job)
    if (why) return left(why)
    const known = jobNames(job)
    if ('why' in known) return left(known.why)
    if (!job.uses) return known.names.map(name => ({ name: spelled(name), file }))
    return known.names.flatMap(
      name => called(job, [...callers, name], all, [...within, workflow]) ?? left(ELSEWHERE),
    )
  })
}

const ELSEWHERE = 'it calls a workflow whose jobs are not known here'

function called(job: Job, callers: readonly string[], all: readonly Workflow[], within: readonly Workflow[]) {
  const gate = gateOfOurs(job)
  const file = job.workflow.path
  if (gate) return [{ name: [...callers, gate].join(' / '), file }]
  const { uses } = job
  const callee = uses?.kind === 'local' ? all.find(({ path }) => path === uses.path) : undefined
  // Ten levels are GitHub's limit, and it refuses workflows that call each other in a circle.
  if (!callee?.events.has('workflow_call') || callers.length >= DEEPEST_CALL || within.includes(callee))
    return undefined
  return checksOf(callee, all, callers, within).map(check => ({ ...check, file }))
}

/** A job that is skipped counts as passed under its own name; what it would have called, or split into, never reports. */
function whyNot({ item, uses }: Job): string | undefined {
  const condition = item.get('if')?.text ?? ''
  if (item.get('continue-on-error')?.text === 'true') return 'it may fail (continue-on-error)'
  if (/github\.event_name\s*==/.test(condition) && !condition.includes('pull_request')) {
    return 'it does not run for pull requests'
  }
  const runsAnyway = condition === '' || /always\(\)/.test(condition)
  if (!runsAnyway && (uses || item.get('strategy', 'matrix'))) {
    return `it has a condition, and when that skips it, its checks never come (${uses ? 'a call' : 'a matrix'})`
  }
  return undefined
}
