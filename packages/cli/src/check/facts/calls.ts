import type { Job, Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'

/** The workflow of this repository that a job calls. */
export function calleeOf(job: Job, { workflows }: Repository): Workflow | undefined {
  const { uses } = job
  return uses?.kind === 'local' ? workflows.find(({ path }) => path === uses.path) : undefined
}

/** The jobs of this repository that call a workflow. */
export function callersOf(workflow: Workflow, repository: Repository): Job[] {
  return repository.workflows.flatMap(({ jobs }) =>
    jobs.filter(job => calleeOf(job, repository) === workflow),
  )
}

/** The jobs that a job needs, directly or through others. */
export function neededBy(job: Job): Job[] {
  const byId = new Map(job.workflow.jobs.map(one => [one.id, one]))
  const jobsOf = (ids: readonly string[]) => ids.map(id => byId.get(id)).filter(one => one !== undefined)
  const found = new Set(jobsOf(job.needs))
  // A set is walked in the order of insertion, those that are put in on the way too.
  for (const next of found) for (const before of jobsOf(next.needs)) found.add(before)
  return [...found]
}
