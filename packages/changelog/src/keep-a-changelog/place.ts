import type { Changelog, ReleaseSection, UnreleasedSection } from './sections.ts'
import { unreleasedText } from './unreleased-text.ts'

/** Where a new section goes: in the place of what is from `start` to `end`. */
export interface Place {
  readonly start: number
  readonly end: number
  /** Level of its heading. */
  readonly level: number
  /** Hand-written text that becomes its text. */
  readonly written?: string | undefined
}

/** After Unreleased; else before the newest release; else below the title. Undefined for a text that is no changelog. */
export function placeOf(text: string, changelog: Changelog): Place | undefined {
  const unreleased = unreleasedOf(changelog)
  const [newest] = releasesOf(changelog)
  if (unreleased) {
    const { written, keptEnd } = unreleasedText(changelog.lines, unreleased)
    return { start: keptEnd, end: unreleased.end, level: unreleased.level, written }
  }
  const level = Math.min(...releasesOf(changelog).map(section => section.level))
  if (newest) return { start: newest.start, end: newest.start, level }
  const headings = changelog.lines.flatMap(({ heading }) => heading ?? [])
  if (headings.length !== 1 || headings[0]?.level !== 1) return undefined
  return { start: text.slice(0, changelog.linksStart).trimEnd().length, end: changelog.linksStart, level: 2 }
}

export function unreleasedOf({ sections }: Changelog): UnreleasedSection | undefined {
  return sections.find(section => section.kind === 'unreleased')
}

/** As they stand in the file: the newest one first. */
export function releasesOf({ sections }: Changelog): ReleaseSection[] {
  return sections.filter(section => section.kind === 'release')
}
