import { neededBy } from '../facts/calls.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const needsUnknown: Rule = {
  id: 'needs-unknown',
  level: 'error',
  why: 'GitHub refuses a workflow in which a job waits for one that is not there, or jobs wait for each other: no job of it starts.',
  fix: 'Write the id of a job of the same file, which is the key below `jobs:` and not its `name:`.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const ids = job.workflow.jobs.map(({ id }) => id.toLowerCase())
      const at = job.item.get('needs')?.place
      if (!at) continue
      for (const need of job.needs)
        if (!ids.includes(need.toLowerCase()))
          yield { at, message: `job ${job.id} needs ${need}, which is no job of ${job.workflow.file}` }
      if (neededBy(job).includes(job)) yield { at, message: `job ${job.id} waits for itself` }
    }
  },
}
