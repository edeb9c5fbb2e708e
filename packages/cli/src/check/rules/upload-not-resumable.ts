import { allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const uploadNotResumable: Rule = {
  id: 'upload-not-resumable',
  level: 'warning',
  why: 'A run that is started again dies of `400 File already exists`, although the files are the same.',
  fix: 'Set `skip-existing: true`, and compare the digests of what is there before the step, since it passes over other content too.',
  *find(repository) {
    for (const step of allSteps(repository)) {
      const skip = step.with('skip-existing') ?? step.with('skip_existing')
      if (step.action === 'pypa/gh-action-pypi-publish' && skip?.text !== 'true')
        yield { at: step.item.place, message: 'a second run of this upload fails' }
    }
  },
}
