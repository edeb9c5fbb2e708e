import type { Annotation, AnnotationLevel } from '@tokenledger/kit'
import type { UncoveredFile, UncoveredRange } from './uncovered.ts'
import { rangeText } from './uncovered-section.ts'

export interface AnnotationOptions {
  readonly level: AnnotationLevel
  /** At most so many (default 10: GitHub shows no more of one level for a step). */
  readonly limit?: number
}

interface Place {
  readonly path: string
  readonly range: UncoveredRange
}

/**
 * Annotations for changed lines that are not covered, at the lines of the pull request's head, those with the most statements
 * first; the last one says how many more there are. Lines that the head does not have are told of at the file.
 */
export function annotationsOf(
  files: readonly UncoveredFile[],
  { level, limit = 10 }: AnnotationOptions,
): Annotation[] {
  const places = files.flatMap(({ path, ranges }) => ranges.map(range => ({ path, range })))
  const shown = places.sort(bySize).slice(0, limit)
  const left = places.length - shown.length
  return shown.map((place, index) => {
    const more = left > 0 && index === shown.length - 1 ? ` And ${left} more: see the summary.` : ''
    return annotationAt(place, level, more)
  })
}

function bySize(a: Place, b: Place): number {
  return (
    b.range.statements - a.range.statements ||
    (a.path < b.path ? -1 : a.path > b.path ? 1 : a.range.from - b.range.from)
  )
}

function annotationAt({ path, range }: Place, level: AnnotationLevel, more: string): Annotation {
  const { head } = range
  const lines = head ? { line: head.from, ...(head.to > head.from ? { endLine: head.to } : {}) } : {}
  return { level, title: 'Not covered', message: messageOf(range) + more, file: path, ...lines }
}

function messageOf(range: UncoveredRange): string {
  const where = range.head ? '' : ' of the merge with the base branch'
  if (range.kind === 'partial') {
    return range.exits.length > 0
      ? `Line${where} covered in part; never taken: ${rangeText(range)}.`
      : `Line ${rangeText({ ...range, kind: 'missed' })}${where} is covered in part.`
  }
  const several = range.to > range.from
  const count = range.statements > 1 ? ` (${range.statements} statements)` : ''
  return `${several ? 'Lines' : 'Line'} ${rangeText(range)}${where} ${several ? 'are' : 'is'} not covered by tests${count}.`
}
