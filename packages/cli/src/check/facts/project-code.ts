import type { Step } from '../model/step.ts'
import type { Job } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'
import { calleeOf } from './calls.ts'
import { buildsPackage } from './packages.ts'

const RUNS_CODE =
  /\b(?:pytest|tox|nox|unittest|npm (?:test|run|ci|install)|pnpm|yarn|uv (?:sync|run)\b(?![^\n]*--(?:only-group|no-sync|no-install-project))|make)\b|\bpip install [^\n]*?(?<![\w.])["']?\.(?=[[\s"'/]|$)/m

/** Whether a step starts code of the project or of its dependencies: tests, builds, installations. */
export function runsProjectCode(step: Step): boolean {
  return step.says(RUNS_CODE) || buildsPackage(step)
}

/** The first thing in a job that does so: a step, or the job itself when the workflow it calls does. */
export function codeIn(job: Job, repository: Repository): Step | Job | undefined {
  const callee = calleeOf(job, repository)
  if (callee?.jobs.some(inner => inner.steps.some(runsProjectCode))) return job
  return job.steps.find(runsProjectCode)
}
