import { badgeRow } from '../badges/badge-row.ts'
import type { Adopter } from './adopter.ts'
import { withSection, withSectionAt } from './marked-section.ts'
import { current, left, type Outcome, written } from './outcome.ts'

const NAME = 'badges'
const PATH = 'README.md'
/** Pictures by which a README shows that it has badges of its own. */
const BADGE = /!\[[^\]]*\]\([^)]*(?:badge|shields\.io)[^)]*\)|<img[^>]+(?:badge|shields\.io)/i

/** The badges at the top of the README. `planned` are workflows that are about to be written. */
export function readmeOutcome(adopter: Adopter, planned: readonly string[]): Outcome {
  const text = adopter.read(PATH)
  if (text === undefined) return left(PATH, 'there is none')
  const badges = badgeRow(adopter, planned)
  if (badges.length === 0) return left(PATH, 'no badge can be made from what the project says of itself')
  const body = badges.map(badge => badge.markdown).join('\n')
  const why = `badges: ${badges.map(badge => badge.subject).join(', ')}`
  const sectioned = withSection(text, NAME, body)
  if (sectioned.kind === 'text') {
    // A badge that names the repository would go with the remote.
    if (!adopter.remote && sectioned.text !== text)
      return current(PATH, 'it has its badges, and no remote "origin" on GitHub says what they should be')
    return written(PATH, text, sectioned.text, why)
  }
  if (sectioned.kind === 'broken') return left(PATH, sectioned.reason)
  if (BADGE.test(text))
    return left(
      PATH,
      `it has badges of its own; put the lines <!-- tokenledger-actions:${NAME} --> and <!-- /tokenledger-actions:${NAME} --> where ours should be`,
    )
  return written(PATH, text, withSectionAt(text, lineAfterTitle(text), NAME, body), why)
}

/** Behind `# Title`, or `Title` with a line of `=`; the top of a text without one. */
function lineAfterTitle(text: string): number {
  const lines = text.split(/\r?\n/)
  const first = lines.findIndex(line => line.trim() !== '')
  if (/^\uFEFF?#\s/.test(lines[first] ?? '')) return first + 1
  return /^=+\s*$/.test(lines[first + 1] ?? '') ? first + 2 : 0
}
