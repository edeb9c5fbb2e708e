import { stringOf, tableOf } from '@tokenledger/python-project'
import type { Rule } from '../finding.ts'

export const cliffTagPattern: Rule = {
  id: 'cliff-tag-pattern',
  level: 'warning',
  why: 'A pattern without ^ and $ finds a version within any tag, so `rev0.9x` or `v1.0.0-docs` becomes the latest release.',
  fix: "Anchor it: `tag_pattern = '^v[0-9]+(\\.[0-9]+)*((a|b|rc)[0-9]+)?$'`.",
  *find({ cliff }) {
    const pattern = stringOf(tableOf(cliff?.table.git).tag_pattern)
    if (!cliff || pattern === undefined || (pattern.startsWith('^') && pattern.endsWith('$'))) return
    yield {
      at: cliff.place('git', 'tag_pattern'),
      message: `tag_pattern ${JSON.stringify(pattern)} is not anchored`,
    }
  },
}
