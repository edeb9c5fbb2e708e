import { createHash } from 'node:crypto'
import { fitNotes } from '@tokenledger/changelog'
import type { Notes } from './notes.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

/** GitHub refuses a longer one: `body is too long (maximum is 125000 characters)`. */
const LONGEST_BODY = 125_000

/** Name of the file with the whole notes, where they had to be cut. */
export const WHOLE_NOTES = 'RELEASE_NOTES.md'

/** What a draft of ours says of itself in a comment that no reader sees. */
export interface Facts {
  /** The commit that was built. */
  readonly commit: string
  /** Of the text as it was written, so that a later hand is known. */
  readonly text: string
}

/** The text of a release. */
export interface Body {
  readonly body: string
  readonly wasCut: boolean
}

/** The line by which a draft of this tag is found again, also after its tag was lost. */
export function markerOf(tag: string): string {
  return `<!-- tokenledger-actions: release ${tag} -->`
}

/** Notes, the link to all changes, and what a later run has to know; cut at an entry where GitHub would refuse it. */
export function composeBody(
  notes: Pick<Notes, 'body' | 'previous'>,
  { tag }: Subject,
  { repositoryUrl }: Surroundings,
  commit: string,
): Body {
  const { previous } = notes
  const changes = previous
    ? `**All changes:** [${previous.tag}...${tag}](${repositoryUrl}/compare/${encodeURIComponent(previous.tag)}...${encodeURIComponent(tag)})`
    : `**All changes:** [${tag}](${repositoryUrl}/commits/${encodeURIComponent(tag)})`
  const frame = (text: string) => [text.trim(), changes].filter(Boolean).join('\n\n')
  const more = `_The notes are longer than GitHub takes; the whole is in [${WHOLE_NOTES}](${repositoryUrl}/releases/download/${encodeURIComponent(tag)}/${WHOLE_NOTES})._`
  const limit = LONGEST_BODY - withFacts(frame(''), tag, commit).length - 2
  const { body, wasCut } = fitNotes(notes.body.trim(), { limit, more })
  return { body: withFacts(frame(body), tag, commit), wasCut }
}

/** A text with the facts below it; those that it has already are replaced. */
export function withFacts(text: string, tag: string, commit: string): string {
  const plain = withoutFacts(text)
  const facts = `<!-- commit ${commit} text ${digestOf(plain)} -->`
  return `${plain}\n\n${markerOf(tag)}\n${facts}`
}

/** The facts of a body; undefined for a release that was made by hand. */
export function factsIn(body: string): Facts | undefined {
  const [, commit, text] = /<!-- commit ([0-9a-f]{40,64}) text ([0-9a-f]{16}) -->/.exec(body) ?? []
  return commit && text ? { commit, text } : undefined
}

/** Whether a person has changed the text since it was written here. */
export function isEdited(body: string): boolean {
  const facts = factsIn(body)
  return facts === undefined ? withoutFacts(body) !== '' : facts.text !== digestOf(withoutFacts(body))
}

function withoutFacts(body: string): string {
  return body
    .replaceAll('\r\n', '\n')
    .replace(/\n*<!-- tokenledger-actions: release \S+ -->/g, '')
    .replace(/\n*<!-- commit [0-9a-f]{40,64} text [0-9a-f]{16} -->/g, '')
    .trim()
}

function digestOf(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 16)
}
