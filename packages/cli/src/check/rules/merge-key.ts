import type { Rule, Spot } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const mergeKey: Rule = {
  id: 'merge-key',
  level: 'error',
  why: 'GitHub knows anchors and aliases, and no merge keys: it takes `<<` for a key of that name, and refuses the file.',
  fix: 'Repeat the keys, put an alias in place of a whole value, or call a workflow of your own.',
  *find({ workflows, actions }) {
    for (const { root } of [...workflows, ...actions]) yield* mergesIn(root, 0)
  },
}

/** GitHub's own keys go no deeper. */
const DEPTH = 8

function* mergesIn(item: YamlItem, depth: number): Iterable<Spot> {
  if (depth > DEPTH || item.isAlias) return
  for (const [key, value] of item.entries()) {
    if (key === '<<') yield { at: value.place, message: 'a merge key' }
    else yield* mergesIn(value, depth + 1)
  }
  if (!item.isScalar) for (const element of item.elements()) yield* mergesIn(element, depth + 1)
}
