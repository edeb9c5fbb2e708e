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
  const found = new Set<Job>()
  const visit = (ids: readonly string[]) => {
    for (const next of job.workflow.jobs.filter(({ id }) => ids.includes(id))) {
      if (found.has(next)) continue
      found.add(next)
      visit(next.needs)
    }
  }
  visit(job.needs)
  return [...found]
}
