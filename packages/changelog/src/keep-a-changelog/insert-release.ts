import { inOrder } from './edit.ts'
import { linkEdits } from './links.ts'
import { addSection, newHeading } from './new-section.ts'
import { placeOf } from './place.ts'
import { isReleaseOf, packageName } from './release-heading.ts'
import { sectionOf } from './section-of.ts'
import { parseChangelog } from './sections.ts'

export interface Release {
  /** As it is to be written, without a `v`. */
  readonly version: string
  /** `2026-11-02`. */
  readonly date: string
  readonly tag: string
  /** Absent for the first release. */
  readonly previousTag?: string
  /** `https://github.com/owner/name`, for link definitions where the file does not tell it. */
  readonly repositoryUrl?: string
  /** Markdown for the section when there is no hand-written text. */
  readonly body?: string
}

export interface Insertion {
  readonly text: string
  /** What `sectionOf` gives for the release. */
  readonly section: string
  readonly changed: boolean
  /** Where the text of the section comes from. */
  readonly source: 'unreleased' | 'body' | 'none'
  /** One sentence; the file's own text is not in it. */
  readonly reason: string
}

/** What an empty changelog begins with. */
const NEW_FILE = `# Changelog

The format is [Keep a Changelog 1.1.0](https://keepachangelog.com/en/1.1.0/).

## [Unreleased]
`

/**
 * Puts the section of a release into a changelog: after Unreleased, whose hand-written text becomes the text of the section. Every
 * other byte stays as it is but the link definitions of both. A file that has the section is not changed, nor one that is no
 * changelog of this form; `reason` says which.
 */
export function insertRelease(text: string, release: Release): Insertion {
  const before = text.trim() === '' ? NEW_FILE : text
  const changelog = parseChangelog(before)
  const name = packageName(release.tag.slice(0, Math.max(0, release.tag.lastIndexOf(release.version))))
  const unchanged = (reason: string): Insertion => ({
    ...{
      text,
      section: sectionOf(text, release.version, name) ?? '',
      changed: false,
      source: 'none',
      reason,
    },
  })
  const there = changelog.sections.some(
    section => section.kind === 'release' && isReleaseOf(section.heading, release.version, name),
  )
  if (there) return unchanged(`The section of ${release.version} is there already.`)
  const place = placeOf(before, changelog)
  if (!place) return unchanged(NO_CHANGELOG)
  const newLine = before.includes('\r\n') ? '\r\n' : '\n'
  const heading = newHeading(changelog, release, name)
  const body = place.written ?? release.body?.trim() ?? ''
  const source = place.written !== undefined ? 'unreleased' : body === '' ? 'none' : 'body'
  const label =
    heading.open === '[' && heading.url === undefined ? heading.prefix + heading.version : undefined
  const edits = [
    addSection(before, place, { heading: heading.text, body, newLine }),
    ...linkEdits(changelog.lines, { ...release, label }, newLine),
  ]
  const after = inOrder(before, edits)
  const section = sectionOf(after, release.version, name)
  const isWhole = parseChangelog(after).sections.length === changelog.sections.length + 1
  if (section === undefined || !isWhole) return unchanged(OPEN_BLOCK)
  return { text: after, section, changed: true, source, reason: REASONS[source] }
}

const NO_CHANGELOG =
  'The changelog has no heading of a release and is not empty below its title, so it is left alone; Keep a Changelog has "## [Unreleased]" and "## [1.0.0] - 2026-01-31".'

/** The section would be code or a comment, or would make the sections after it that. */
const OPEN_BLOCK =
  'The changelog, or the text for it, has a block of code or a comment that does not end; the changelog is left alone until it does.'

const REASONS: Readonly<Record<Insertion['source'], string>> = {
  unreleased: 'The hand-written text of Unreleased became the section.',
  body: 'The section was made from the commits, as Unreleased has no text.',
  none: 'The section has no text: there is none under Unreleased, and no commit to make one from.',
}
