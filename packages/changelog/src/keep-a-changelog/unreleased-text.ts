import type { Line } from './lines.ts'
import type { UnreleasedSection } from './sections.ts'

export interface UnreleasedText {
  /** What was written for the next release; undefined when there is nothing but a template. */
  readonly written: string | undefined
  /** End of what stays under Unreleased: its heading, with a comment for contributors or a template. */
  readonly keptEnd: number
}

/** Keep a Changelog 1.1.0, "Types of changes". */
const GROUP = /^(?:added|changed|deprecated|removed|fixed|security)$/i

/** Splits the section of what is not released. Headings of groups with nothing under them are no text and do not move. */
export function unreleasedText(
  lines: readonly Line[],
  { start, bodyStart, end }: UnreleasedSection,
): UnreleasedText {
  const own = lines.filter(line => line.start >= start && line.start < end)
  const body = own.filter(line => line.start >= bodyStart)
  if (!body.some(isText)) return { written: undefined, keptEnd: endOf(own.findLast(isNotBlank)) }
  const first = body.findIndex(line => isNotBlank(line) && !line.isComment)
  const kept = own.slice(0, own.length - body.length + first)
  const moved = withoutEmptyGroups(body.slice(first))
  const written = moved
    .map(({ text }) => text)
    .join('\n')
    .trimEnd()
  return { written, keptEnd: endOf(kept.findLast(isNotBlank)) }
}

function withoutEmptyGroups(lines: readonly Line[]): Line[] {
  const kept: Line[] = []
  for (const line of lines) {
    if (line.heading) dropEmptyGroup(kept, line.heading.level)
    kept.push(line)
  }
  dropEmptyGroup(kept, 0)
  return kept
}

/** Takes the group at the end away when nothing is under its heading; one that is further down may belong to it. */
function dropEmptyGroup(lines: Line[], nextLevel: number): void {
  const last = lines.findLastIndex(isNotBlank)
  const heading = lines[last]?.heading
  if (heading && GROUP.test(heading.text) && nextLevel <= heading.level) lines.splice(last)
}

function isText(line: Line): boolean {
  return isNotBlank(line) && !line.isComment && !line.heading
}

function isNotBlank({ text }: Line): boolean {
  return text.trim() !== ''
}

function endOf(line: Line | undefined): number {
  return line ? line.start + line.text.length : 0
}
