import type { Rule } from '../finding.ts'

export const dependabotCooldown: Rule = {
  id: 'dependabot-cooldown',
  level: 'warning',
  why: 'Most packages that were taken over are found out within days; an update of the first day brings them in.',
  fix: 'Add `cooldown: { default-days: 7 }`. Updates that close a known hole do not wait.',
  *find({ dependabot }) {
    for (const entry of dependabot?.get('updates')?.elements() ?? []) {
      const ecosystem = entry.get('package-ecosystem')
      if (!entry.get('cooldown'))
        yield {
          at: (ecosystem ?? entry).place,
          message: `the entry for ${ecosystem?.text ?? 'no ecosystem'} has no cooldown`,
        }
    }
  },
}
