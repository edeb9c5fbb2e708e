import { callsOurs, type Job, type Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'
import { checkNamesOf } from './check-names.ts'
import { ACTIONS_APP, requiredChecks } from './required-checks.ts'

/** A required check that a workflow reports. */
export function requiredOf(workflow: Workflow, repository: Repository): string | undefined {
  const names = checkNamesOf(workflow, repository)
  return requiredChecks(repository)
    .filter(check => (check.get('integration_id')?.value ?? ACTIONS_APP) === ACTIONS_APP)
    .map(check => check.get('context')?.text ?? '')
    .find(context => names.some(fits => fits(context)))
}

/** The job that calls our ci.yml, whose gate is made to be the required check. */
export function callOfOurCi({ jobs }: Workflow): Job | undefined {
  return jobs.find(job => callsOurs(job, 'ci.yml'))
}
