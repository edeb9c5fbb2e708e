import type { Step } from '../model/step.ts'
import type { Job } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'

/** Every job of every workflow. */
export function allJobs({ workflows }: Repository): Job[] {
  return workflows.flatMap(({ jobs }) => jobs)
}

/** Every step of every job and composite action. */
export function allSteps(repository: Repository): Step[] {
  const inActions = repository.actions.flatMap(({ steps }) => steps)
  return [...allJobs(repository).flatMap(({ steps }) => steps), ...inActions]
}
