import { parseCommit } from '../conventional/parse-commit.ts'
import type { Commit } from '../history/commit.ts'

/** The part of `git-cliff --context` that counts need. */
export type CliffContext = readonly { readonly commits: readonly CliffEntry[] }[]

export interface CliffEntry {
  /** Hash of the commit; with split_commits several entries have one. */
  readonly id: string
  readonly message: string
  readonly group: string | null
  readonly scope: string | null
  readonly conventional: boolean
  /** Absent in an entry that is not conventional. */
  readonly breaking?: boolean
  readonly breaking_description?: string | null
}

export interface NotesCounts {
  /** Commits that the notes have. */
  readonly included: number
  /** Those that are not Conventional Commits, in the notes or not; merges do not count. */
  readonly unconventional: readonly Commit[]
  /** Those that the configuration leaves out without a word; merges do not count. */
  readonly dropped: readonly Commit[]
  /** Merge commits that are left out. */
  readonly merges: readonly Commit[]
  /** What breaks, one line each. */
  readonly breaking: readonly string[]
  /** In the order of the notes, without the comments by which templates sort them. */
  readonly groups: readonly { readonly title: string; readonly count: number }[]
}

/** Holds what git-cliff took against the commits that git itself lists. */
export function countNotes(context: CliffContext, commits: readonly Commit[]): NotesCounts {
  const entries = context.flatMap(release => release.commits)
  const byHash = new Map(entries.map(entry => [entry.id, entry]))
  const leftOut = commits.filter(({ hash }) => !byHash.has(hash))
  const isConventional = (commit: Commit) =>
    byHash.get(commit.hash)?.conventional ?? parseCommit(commit.message) !== undefined
  return {
    included: byHash.size,
    unconventional: commits.filter(commit => !isMerge(commit) && !isConventional(commit)),
    dropped: leftOut.filter(commit => !isMerge(commit)),
    merges: leftOut.filter(isMerge),
    breaking: entries.filter(({ breaking }) => breaking).map(breakingLine),
    groups: groupsOf(entries),
  }
}

const isMerge = ({ parents }: Commit) => parents.length > 1

function breakingLine({ scope, message, breaking_description: description }: CliffEntry): string {
  const [line = ''] = (description || message).split('\n')
  return scope ? `${scope}: ${line}` : line
}

/** Tera's `group_by` goes through them by name; hence the numbers in comments that templates put before it. */
function groupsOf(entries: readonly CliffEntry[]): { title: string; count: number }[] {
  const counts = new Map<string, number>()
  for (const { group } of entries) counts.set(group ?? '', (counts.get(group ?? '') ?? 0) + 1)
  return [...counts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([group, count]) => ({ title: group.replace(/<!--.*?-->/gs, '').trim(), count }))
}
