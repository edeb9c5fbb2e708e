import type { PatchCoverage, PatchFile, UncoveredLine } from '../patch/patch-coverage.ts'

/** Changed lines next to each other that are not covered. */
export interface UncoveredRange {
  /** A `partial` one is a single statement, which ran but not to all its exits. */
  readonly kind: UncoveredLine['kind']
  /** First and last changed line in the tested tree. */
  readonly from: number
  readonly to: number
  readonly statements: number
  /** `42→47` and `42→exit`, in the lines that are shown; empty for missed statements, or where they are not known. */
  readonly exits: readonly string[]
  /** The same lines in the head of the pull request; undefined where it has none of them. */
  readonly head?: { readonly from: number; readonly to: number }
}

export interface UncoveredFile {
  readonly path: string
  /** By line. */
  readonly ranges: readonly UncoveredRange[]
}

export interface LineFacts {
  /** Whether a line of the tested tree holds a statement. */
  isMeasured(path: string, line: number): boolean
  /** The line of the pull request's head, as `Changes.headLine`. */
  headLine(path: string, line: number): number | undefined
}

/** The ranges of one changed file: missed statements are joined when nothing measured lies between. */
export function uncoveredRanges(file: PatchFile, facts: LineFacts): UncoveredRange[] {
  const groups: UncoveredLine[][] = []
  for (const line of file.uncovered) {
    const group = groups.at(-1)
    const previous = group?.at(-1)
    if (group && previous && isNext(file.path, previous, line, facts)) group.push(line)
    else groups.push([line])
  }
  return groups.map(group => rangeOf(file.path, group, facts))
}

/** The files of a change with a line that is not covered. */
export function uncoveredFiles(patch: PatchCoverage, facts: LineFacts): UncoveredFile[] {
  return patch.files
    .filter(({ uncovered }) => uncovered.length > 0)
    .map(file => ({ path: file.path, ranges: uncoveredRanges(file, facts) }))
}

function isNext(path: string, before: UncoveredLine, after: UncoveredLine, facts: LineFacts): boolean {
  if (before.kind === 'partial' || after.kind === 'partial') return false
  const start = Math.min(after.line, first(after))
  for (let line = Math.max(before.line, last(before)) + 1; line < start; line++) {
    if (facts.isMeasured(path, line)) return false
  }
  return true
}

function rangeOf(path: string, group: readonly UncoveredLine[], facts: LineFacts): UncoveredRange {
  const [head, tail] = [group[0], group.at(-1)]
  if (!head || !tail) throw new Error('a range of no lines')
  const [from, to] = [first(head), last(tail)]
  const inHead = headRange(path, from, to, facts)
  return {
    kind: head.kind,
    from,
    to,
    statements: group.length,
    exits: head.kind === 'partial' ? head.missing.map(exit => exitText(path, head.line, exit, facts)) : [],
    ...(inHead ? { head: inHead } : {}),
  }
}

function first({ line, changed }: UncoveredLine): number {
  return changed[0] ?? line
}

function last({ line, changed }: UncoveredLine): number {
  return changed.at(-1) ?? line
}

/** A merge can hold lines inside of the range that the head does not have. */
function headRange(path: string, from: number, to: number, { headLine }: LineFacts): UncoveredRange['head'] {
  let [start, end]: (number | undefined)[] = [undefined, undefined]
  for (let line = from; line <= to && start === undefined; line++) start = headLine(path, line)
  if (start === undefined) return undefined
  for (let line = to; line >= from && end === undefined; line--) end = headLine(path, line)
  return { from: start, to: end ?? start }
}

function exitText(path: string, line: number, exit: string, { headLine }: LineFacts): string {
  const shown = (number: number) => headLine(path, number) ?? number
  return `${shown(line)}→${/^\d+$/.test(exit) ? shown(Number(exit)) : exit}`
}
