import type { Edit } from './edit.ts'
import type { Release } from './insert-release.ts'
import { linkLike } from './links.ts'
import { type Place, releasesOf, unreleasedOf } from './place.ts'
import { headingLike, isOfPackage, type ReleaseHeading } from './release-heading.ts'
import type { Changelog } from './sections.ts'

/**
 * The edit that adds a section with this text at its place.
 *
 * @param newLine how lines of the file end
 */
export function addSection(
  text: string,
  place: Place,
  { heading, body, newLine }: { readonly heading: string; readonly body: string; readonly newLine: string },
): Edit {
  const title = `${'#'.repeat(place.level)} ${heading}`
  const section = [title, ...(body === '' ? [] : ['', ...body.split(/\r?\n/)])]
  const isBeforeAnother = place.start === place.end
  // Elsewhere it starts at the end of the text before, and blank lines that came after that are replaced.
  const lead = isBeforeAnother && (place.start === 0 || text[place.start - 1] === '\n') ? [] : ['', '']
  const trail = place.end < text.length ? ['', ''] : ['']
  return { start: place.start, end: place.end, text: [...lead, ...section, ...trail].join(newLine) }
}

/** The heading of a release in the form that the file has for the same package. */
export function newHeading(
  changelog: Changelog,
  { version, date, tag, previousTag }: Release,
  name: string,
): ReleaseHeading & { readonly text: string } {
  const headings = releasesOf(changelog).map(({ heading }) => heading)
  const like = headings.find(heading => isOfPackage(heading, name)) ?? firstOf(changelog, tag, version)
  const url = like.url === undefined ? undefined : linkLike(like.url, { tag, previousTag })
  const heading = headingLike(like, { version, date, url })
  const { open, prefix, close, rest } = heading
  return { ...heading, text: `${open}${prefix}${version}${close}${rest}` }
}

/** Keep a Changelog has the version in brackets; a file that has Unreleased without them has none. */
function firstOf(changelog: Changelog, tag: string, version: string): ReleaseHeading {
  const others = releasesOf(changelog).map(({ heading }) => heading)
  const isBracketed = others[0]
    ? others[0].open === '['
    : (unreleasedOf(changelog)?.text.startsWith('[') ?? true)
  const brackets = isBracketed ? { open: '[', close: ']' } : { open: '', close: '' }
  // Beside sections of other packages the name is needed.
  const prefix = others.length > 0 ? tag.slice(0, Math.max(0, tag.lastIndexOf(version))) : ''
  return { ...brackets, prefix, version, rest: '' }
}
