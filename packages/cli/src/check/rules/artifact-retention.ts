import { buildsPackage } from '../facts/packages.ts'
import { takesPartInRelease } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'

const ENOUGH_DAYS = 30

export const artifactRetention: Rule = {
  id: 'artifact-retention',
  level: 'warning',
  why: 'A release that stopped can be taken up again only while the files that were tested are still there.',
  fix: 'Keep what a release publishes for `retention-days: 90`.',
  *find(repository) {
    for (const workflow of repository.workflows) {
      if (!takesPartInRelease(workflow, repository)) continue
      for (const { steps } of workflow.jobs.filter(job => job.steps.some(buildsPackage)))
        for (const step of steps) {
          const days = step.with('retention-days')
          if (days && Number(days.text) < ENOUGH_DAYS)
            yield { at: days.place, message: `the package of a release is kept ${days.text} days` }
        }
    }
  },
}
