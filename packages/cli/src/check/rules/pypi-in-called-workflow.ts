import { signsInByIdentity, uploadsToIndex } from '../facts/packages.ts'
import type { Rule } from '../finding.ts'

export const pypiInCalledWorkflow: Rule = {
  id: 'pypi-in-called-workflow',
  level: 'error',
  why: 'PyPI trusts the workflow file that holds the job, and takes no sign-in from a workflow that is called.',
  fix: 'Move the uploading job into the workflow that is started by the event, and call only what comes before and after it.',
  *find({ workflows }) {
    for (const { events, jobs, file } of workflows) {
      if (!events.has('workflow_call')) continue
      for (const step of jobs.flatMap(({ steps }) => steps))
        if (uploadsToIndex(step) && signsInByIdentity(step))
          yield {
            at: step.item.place,
            message: `uploads to PyPI by trusted publishing from ${file}, which is called`,
          }
    }
  },
}
