import { shortHash } from '@tokenledger/changelog'
import { codeSpan, details, plainText } from '@tokenledger/kit'
import type { Plan } from './plan.ts'
import type { Surroundings } from './surroundings.ts'

type Bump = Extract<Plan, { kind: 'bump' }>

/** Most commits that are listed; the comparison has all. */
const MOST_LISTED = 100
/** Characters of notes; GitHub takes 65,536 for the whole body. */
const LONGEST_NOTES = 40_000

/** What a person who merges the pull request has to know. */
export function pullRequestBody(bump: Bump, at: Surroundings): string {
  const { current, version, tag, reason, notes, edits, drift } = bump
  const parts = [
    `Merging this releases **${version.text}** (after ${current.text}): the merge is tagged ${codeSpan(tag)}, and the release starts.`,
    `**Why:** ${plainText(reason)}`,
    `## Notes\n\n${shortened(notes)}`,
    ...(drift.length > 0 ? [driftSection(bump)] : []),
    details(`Files (${edits.length})`, edits.map(({ path }) => `- ${codeSpan(path)}`).join('\n')),
    details(`Commits (${bump.past.commits.length})`, commitList(bump)),
    `<sub>${at.runUrl ? `[Run](${at.runUrl}) · ` : ''}Run version-bump again to bring this up to date; it stays one pull request.</sub>`,
  ]
  return `${parts.join('\n\n')}\n`
}

export function driftSection({ drift, current, version }: Bump): string {
  const rows = drift
    .slice(0, 50)
    .map(({ path, line, version: old }) => `- ${codeSpan(`${path}:${line}`)}: ${codeSpan(old)}`)
  const more = drift.length > rows.length ? [`- and ${drift.length - rows.length} more`] : []
  return [
    `## Other places that say an old version`,
    '',
    `They are not changed from ${current.text} to ${version.text}; change them by hand, or name them in [tool.bumpversion].`,
    '',
    ...rows,
    ...more,
  ].join('\n')
}

export function commitList({ past, next }: Pick<Bump, 'past' | 'next'>): string {
  const deciding = new Set(next.decision?.deciding ?? [])
  const lines = past.commits.slice(0, MOST_LISTED).map(commit => {
    const subject = commit.message.split('\n')[0] ?? ''
    return `- ${codeSpan(shortHash(commit))} ${plainText(subject)}${deciding.has(commit) ? ' **(decides)**' : ''}`
  })
  const more = past.commits.length - lines.length
  return [...lines, ...(more > 0 ? [`- and ${more} more`] : [])].join('\n') || 'None.'
}

function shortened(notes: string): string {
  if (notes.length <= LONGEST_NOTES) return notes.trim() || '_None._'
  const end = notes.lastIndexOf('\n', LONGEST_NOTES)
  return `${notes.slice(0, end < 0 ? LONGEST_NOTES : end)}\n\n_The rest is in the changelog._`
}
