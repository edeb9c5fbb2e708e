import { calleeOf, neededBy } from '../facts/calls.ts'
import { buildsPackage, uploadsToIndex } from '../facts/packages.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'
import type { Job } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'

export const rebuiltForPublishing: Rule = {
  id: 'rebuilt-for-publishing',
  level: 'error',
  why: 'What is built again is not what was tested, and the build runs with the right to publish.',
  fix: 'Build once in a job without rights, upload the artifact, and only download it in the job that publishes.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      if (!job.steps.some(uploadsToIndex)) continue
      const build = job.steps.find(buildsPackage)
      if (!build) continue
      const tested = neededBy(job).some(before => buildsIn(before, repository))
      const message = tested
        ? `job ${job.id} publishes a second build and not the one that an earlier job made`
        : `job ${job.id} builds and publishes in one`
      yield { at: (build.run ?? build.item).place, message, level: tested ? 'error' : 'warning' }
    }
  },
}

function buildsIn(job: Job, repository: Repository): boolean {
  const inner = calleeOf(job, repository)?.jobs.flatMap(({ steps }) => steps) ?? []
  return [...job.steps, ...inner].some(buildsPackage)
}
