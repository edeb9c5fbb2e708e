import type { Step } from '../model/step.ts'
import { callsOurs, type Job, type Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'
import { callersOf } from './calls.ts'
import { GIT_PUSH, pushesTags, pushesToDefault } from './git-push.ts'
import { makesRelease, uploadsToIndex } from './packages.ts'

/** Whether a job makes something public that stays: a release, or files on a package index. */
export function publishes(job: Job): boolean {
  return (
    job.steps.some(step => uploadsForGood(step) || makesRelease(step)) ||
    callsOurs(job, 'release-publish.yml') ||
    callsOurs(job, 'release-prepare.yml')
  )
}

/** The uploads of a workflow to the index that people install from, at a tag that was pushed. */
export function uploadsAtTag({ events, jobs }: Workflow): Step[] {
  if (!events.get('push')?.get('tags')) return []
  return jobs.filter(runsAtTag).flatMap(({ steps }) => steps.filter(uploadsForGood))
}

/** Whether no condition keeps a job for another event than the push of a tag. */
export function runsAtTag({ item }: Job): boolean {
  return !/'(?:published|released?)'|refs\/heads\//.test(item.get('if')?.text ?? '')
}

/** The index for trials is cleared now and then, and nobody installs from it. */
function uploadsForGood(step: Step): boolean {
  const isTrial = /test/i.test(step.with('repository-url')?.text ?? '') || step.says(/testpypi|test\.pypi/i)
  return uploadsToIndex(step) && !isTrial
}

export function isReleaseWorkflow({ jobs }: Workflow): boolean {
  return jobs.some(publishes)
}

/** Whether a workflow is a part of a release: it publishes, or one that publishes calls it. */
export function takesPartInRelease(workflow: Workflow, repository: Repository): boolean {
  return (
    isReleaseWorkflow(workflow) ||
    callersOf(workflow, repository).some(job => isReleaseWorkflow(job.workflow))
  )
}

/** Whether the jobs of the suite, which check tag, version and branch strictly, come first. */
export function preparedByOurs({ jobs }: Workflow): boolean {
  return jobs.some(job => callsOurs(job, 'release-prepare.yml'))
}

/** Whether a workflow moves the default branch or tags by git. */
export function pushesByGit({ jobs }: Workflow): boolean {
  return jobs.some(pushes)
}

/** Whether a job does so. */
export function pushes(job: Job): boolean {
  return (
    pushesToDefault(job).length > 0 ||
    job.steps.some(step => step.commands(GIT_PUSH).some(({ match }) => pushesTags(match[0])))
  )
}
