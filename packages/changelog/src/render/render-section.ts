import { type ConventionalCommit, parseCommit } from '../conventional/parse-commit.ts'
import { withoutReverted } from '../conventional/reverted.ts'
import { type Commit, shortHash } from '../history/commit.ts'
import { entryText } from './entry-text.ts'
import { GROUPS, type Group, groupOf } from './group.ts'

export interface SectionOptions {
  /** `https://github.com/owner/name`; without it the numbers of pull requests are no links. */
  readonly repositoryUrl?: string
}

interface Entry {
  readonly group: Group | undefined
  readonly commit: Commit
  readonly parsed: ConventionalCommit | undefined
}

/**
 * Markdown for the section of a release, from its commits: the groups of Keep a Changelog, breaking changes first in each and
 * marked. Commits of another form are listed under Changed, as nobody can tell what they are. What users of a release do not
 * notice is counted at the end, so that every commit but merges is in the text. Empty without commits.
 *
 * @param commits newest first
 */
export function renderSection(commits: readonly Commit[], options: SectionOptions = {}): string {
  const { commits: effective, cancelled } = withoutReverted(commits)
  const entries = effective.flatMap(commit => entryOf(commit))
  const groups = Map.groupBy(entries, ({ group }) => group)
  const parts = GROUPS.flatMap(group => {
    const [breaking, others] = split(groups.get(group) ?? [])
    const lines = [...breaking, ...others].flatMap(entry => linesOf(entry, options))
    return lines.length > 0 ? [`### ${group}\n\n${lines.join('\n')}`] : []
  })
  const unnoticed = otherLine(groups.get(undefined) ?? [], cancelled.length)
  return [...parts, ...(unnoticed === '' ? [] : [unnoticed])].join('\n\n')
}

function entryOf(commit: Commit): Entry[] {
  const parsed = parseCommit(commit.message)
  if (parsed) return [{ group: groupOf(parsed), commit, parsed }]
  // The commits that a merge brought are listed themselves.
  return commit.parents.length > 1 ? [] : [{ group: 'Changed', commit, parsed }]
}

function split(entries: readonly Entry[]): [readonly Entry[], readonly Entry[]] {
  const { breaking = [], others = [] } = Object.groupBy(entries, ({ parsed }) =>
    parsed?.isBreaking ? 'breaking' : 'others',
  )
  return [breaking, others]
}

/** The entry, and what the footers of a break say below it. */
function linesOf({ commit, parsed }: Entry, options: SectionOptions): string[] {
  const [subject = ''] = commit.message.trimStart().split(/\r?\n/, 1)
  const mark = parsed?.isBreaking ? '**Breaking:** ' : ''
  const scope = parsed?.scope === undefined ? '' : `**${entryText(parsed.scope)}:** `
  const verb = parsed?.type === 'revert' ? 'Revert ' : ''
  const text = linked(parsed ? `${verb}${parsed.description}` : subject, options) || shortHash(commit)
  const breaks = (parsed?.breaks ?? []).map(entryText).filter(words => words !== '')
  return [`- ${mark}${scope}${text}`, ...breaks.map(words => `  - ${words}`)]
}

/** The numbers at the end of a subject, which GitHub adds when it merges, as links. */
function linked(subject: string, { repositoryUrl }: SectionOptions): string {
  const [, text = subject, numbers = ''] = /^(.*?\S)((?:\s*\(#\d+\))+)\s*$/.exec(subject) ?? []
  const links = [...numbers.matchAll(/#(\d+)/g)].map(([name, number]) =>
    repositoryUrl === undefined ? `(${name})` : `([${name}](${repositoryUrl}/pull/${number}))`,
  )
  return [entryText(text), ...links].join(' ')
}

function otherLine(entries: readonly Entry[], cancelled: number): string {
  const counts = Map.groupBy(entries, ({ parsed }) => parsed?.type ?? '')
  const kinds = [...counts]
    .map(([type, { length }]) => ({ type, length }))
    .sort((a, b) => b.length - a.length || (a.type < b.type ? -1 : 1))
    .map(({ type, length }) => `${length} ${entryText(type)}`)
  const reverted = cancelled > 0 ? [`${cancelled} that cancel each other out`] : []
  const total = entries.length + cancelled
  return total === 0
    ? ''
    : `Other: ${total} ${total === 1 ? 'commit' : 'commits'} (${[...kinds, ...reverted].join(', ')}).`
}
