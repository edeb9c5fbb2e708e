import type { ConventionalCommit } from '../conventional/parse-commit.ts'

/** Keep a Changelog 1.1.0, "Types of changes", in its order. */
export const GROUPS = ['Added', 'Changed', 'Deprecated', 'Removed', 'Fixed', 'Security'] as const
export type Group = (typeof GROUPS)[number]

const BY_TYPE: Readonly<Record<string, Group>> = {
  ...{ feat: 'Added', feature: 'Added', perf: 'Changed', change: 'Changed', revert: 'Changed' },
  ...{ deprecate: 'Deprecated', remove: 'Removed' },
  ...{ fix: 'Fixed', bugfix: 'Fixed', hotfix: 'Fixed', security: 'Security' },
}

/** Where a commit belongs; undefined for one that users of a release do not notice: docs, tests, CI, refactoring, chores. */
export function groupOf({ type, scope, isBreaking }: ConventionalCommit): Group | undefined {
  if (scope === 'security' || scope === 'sec') return 'Security'
  return BY_TYPE[type] ?? (isBreaking ? 'Changed' : undefined)
}
