import { stringOf, tableOf } from '@tokenledger/python-project'
import type { Rule } from '../finding.ts'

export const cliffBreakingUnmarked: Rule = {
  id: 'cliff-breaking-unmarked',
  level: 'warning',
  why: 'A change that breaks callers looks like any other in the notes.',
  fix: 'Use `commit.breaking` in `changelog.body`, as in `{% if commit.breaking %}**Breaking:** {% endif %}`.',
  *find({ cliff }) {
    const body = stringOf(tableOf(cliff?.table.changelog).body)
    if (cliff && body?.includes('commit') && !body.includes('breaking'))
      yield { at: cliff.place('changelog', 'body'), message: 'the template does not show what breaks' }
  },
}
