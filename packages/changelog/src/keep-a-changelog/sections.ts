import { type Line, linesOf } from './lines.ts'
import { isReleaseLabel, isUnreleased, parseReleaseHeading, type ReleaseHeading } from './release-heading.ts'

interface Place {
  readonly level: number
  /** Start of the heading. */
  readonly start: number
  /** Start of the line after the heading. */
  readonly bodyStart: number
  /** Start of what no longer belongs to it. */
  readonly end: number
}

export interface UnreleasedSection extends Place {
  readonly kind: 'unreleased'
  /** Its heading, `[Unreleased]`. */
  readonly text: string
}

export interface ReleaseSection extends Place {
  readonly kind: 'release'
  readonly heading: ReleaseHeading
}

export interface Changelog {
  readonly lines: readonly Line[]
  readonly sections: readonly (UnreleasedSection | ReleaseSection)[]
  /** Start of the link definitions that the file ends with, or its length. */
  readonly linksStart: number
}

/** A release of some tools is of level 2 or 3 as it is a minor or a patch version. */
const MOST_LEVEL = 3

/**
 * Reads a changelog in the form of Keep a Changelog 1.1.0 and its relatives: a section from each heading of a release to the
 * next one, or to another heading that is not below it.
 */
export function parseChangelog(text: string): Changelog {
  const lines = linesOf(text)
  const linksStart = startOfLinks(lines, text.length)
  const headings = lines.flatMap((line, index) => (line.heading ? headingOf(line.heading, index) : []))
  const sections = headings.flatMap(({ index, level, text: heading, release, isSection }, at) => {
    if (!isSection) return []
    const next = headings.slice(at + 1).find(other => other.isSection || other.level <= level)
    const end = endOfText(lines, index, next?.index ?? lines.length, linksStart)
    const place = { level, start: lines[index]?.start ?? 0, bodyStart: lines[index]?.end ?? 0, end }
    return release
      ? { kind: 'release' as const, heading: release, ...place }
      : { kind: 'unreleased' as const, text: heading, ...place }
  })
  return { lines, sections, linksStart }
}

function headingOf({ level, text }: NonNullable<Line['heading']>, index: number) {
  const release = level <= MOST_LEVEL ? parseReleaseHeading(text) : undefined
  return {
    index,
    level,
    text,
    release,
    isSection: release !== undefined || (level <= MOST_LEVEL && isUnreleased(text)),
  }
}

/** Link definitions at the end of the file are no part of the last section, nor those of releases of any other. */
function endOfText(lines: readonly Line[], heading: number, next: number, linksStart: number): number {
  const end = lines[next]?.start ?? Math.max(linksStart, lines[heading]?.end ?? 0)
  let link: Line | undefined
  for (let index = next - 1; index > heading; index--) {
    const line = lines[index]
    if (line?.definition && isReleaseLabel(line.definition.label)) link = line
    else if (line?.text.trim() !== '' && !line?.definition) break
  }
  return Math.min(end, link?.start ?? end)
}

function startOfLinks(lines: readonly Line[], length: number): number {
  const last = lines.findLastIndex(line => !line.definition && line.text.trim() !== '')
  const first = lines.slice(last + 1).find(line => line.definition)
  return first?.start ?? length
}
