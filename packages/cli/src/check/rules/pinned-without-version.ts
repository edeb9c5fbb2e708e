import type { Rule } from '../finding.ts'
import { allUses } from './unpinned-action.ts'

export const pinnedWithoutVersion: Rule = {
  id: 'pinned-without-version',
  level: 'warning',
  why: 'Nobody sees from a SHA how old it is, and Dependabot updates the version beside it only when it stands there.',
  fix: 'Write the version after it: `@<sha> # v4.2.2`.',
  *find(repository) {
    for (const uses of allUses(repository)) {
      const { line } = uses
      if (
        /@[0-9a-f]{40}$/.test(uses.text) &&
        !/#(?:.*\d|\s*[\w./-]+\s*$)/.test(line.slice(line.indexOf(uses.text) + uses.text.length))
      )
        yield {
          at: uses.place,
          message: `${uses.text.replace(/@.*/, '')} is pinned without a comment that names its version`,
        }
    }
  },
}
