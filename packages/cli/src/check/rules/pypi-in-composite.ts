import { uploadsToIndex } from '../facts/packages.ts'
import type { Rule } from '../finding.ts'

export const pypiInComposite: Rule = {
  id: 'pypi-in-composite',
  level: 'error',
  why: 'The upload action of PyPI does not support being a step of a composite action: it starts a container by the path of the workflow.',
  fix: 'Put the step into the job of the workflow that publishes.',
  *find({ actions }) {
    for (const { steps } of actions)
      for (const step of steps)
        if (step.action === 'pypa/gh-action-pypi-publish' && uploadsToIndex(step))
          yield { at: step.item.place, message: 'uploads to PyPI from a composite action' }
  },
}
