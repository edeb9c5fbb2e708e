import { neededBy } from '../facts/calls.ts'
import { isOwnStep, makesRelease, uploadsToIndex } from '../facts/packages.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const irreversibleFirst: Rule = {
  id: 'irreversible-first',
  level: 'warning',
  why: 'An upload to PyPI cannot be taken back. When the release after it fails, a run of all jobs again dies of files that exist.',
  fix: 'Make a draft release with all files first, then upload to PyPI, then publish the draft: `release-prepare.yml` and `release-publish.yml` of tokenledger-actions do so.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const uploading = neededBy(job).find(({ steps }) => steps.some(uploadsToIndex))
      const release = job.steps.find(step => makesRelease(step) && !isOwnStep(step, 'changelog-release'))
      if (uploading && release)
        yield {
          at: release.item.place,
          message: `job ${job.id} makes the release only after job ${uploading.id} has uploaded`,
        }
    }
  },
}
