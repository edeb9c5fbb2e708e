import { FileCoverage, type LineBranches } from '../model/file-coverage.ts'
import { mergeBranches } from './merge-branches.ts'
import type { Disagreement } from './merged-coverage.ts'

/** What one report says of a file. */
export interface Leg {
  /** The report, as it is shown to people. */
  readonly report: string
  readonly file: FileCoverage
  /** Whether a statement without branches has but one exit; false for a report that may leave branches out. */
  readonly listsBranches: boolean
}

export interface MergedFile {
  readonly file: FileCoverage
  readonly disagreements: readonly Omit<Disagreement, 'path'>[]
}

/** The same file of several reports as one, and where they disagree; at least one leg. */
export function mergeFile(legs: readonly Leg[]): MergedFile {
  const [only] = legs
  if (only && legs.length === 1) return { file: only.file, disagreements: [] }
  const disagreements: Omit<Disagreement, 'path'>[] = []
  const tell = (line: number, what: string) => disagreements.push({ line, what })
  const { lines, hits } = mergeLines(legs, tell)
  const branches = new Map<number, LineBranches>()
  for (const line of branchLines(legs)) {
    branches.set(line, mergeBranches(legs.flatMap(({ file }) => file.branches.get(line) ?? [])))
    tellExits(legs, line, tell)
  }
  disagreements.sort((a, b) => a.line - b.line)
  return { file: new FileCoverage(lines, hits, branches), disagreements }
}

type Tell = (line: number, what: string) => void

/** Walks the ascending lines of all legs at once. */
function mergeLines(legs: readonly Leg[], tell: Tell): { lines: Uint32Array; hits: Uint8Array } {
  const room = legs.reduce((sum, { file }) => sum + file.lines.length, 0)
  const [lines, hits] = [new Uint32Array(room), new Uint8Array(room)]
  const next = new Uint32Array(legs.length)
  for (let count = 0; ; count++) {
    let line = Number.POSITIVE_INFINITY
    for (const [leg, { file }] of legs.entries()) {
      line = Math.min(line, file.lines[next[leg] ?? 0] ?? Number.POSITIVE_INFINITY)
    }
    if (line === Number.POSITIVE_INFINITY) return { lines: lines.slice(0, count), hits: hits.slice(0, count) }
    lines[count] = line
    let having = 0
    for (const [leg, { file }] of legs.entries()) {
      const index = next[leg] ?? 0
      if (file.lines[index] !== line) continue
      if (file.hits[index] === 1) hits[count] = 1
      next[leg] = index + 1
      having++
    }
    if (having < legs.length) tell(line, statementsDiffer(legs, line))
  }
}

function statementsDiffer(legs: readonly Leg[], line: number): string {
  const has = ({ file }: Leg) => file.stateOf(line) !== undefined
  return `a statement in ${names(legs.filter(has))}, none in ${names(legs.filter(leg => !has(leg)))}`
}

function branchLines(legs: readonly Leg[]): Set<number> {
  const lines = new Set<number>()
  for (const { file } of legs) for (const line of file.branches.keys()) lines.add(line)
  return lines
}

/** Among the legs that have the statement and tell of its branches, how many exits it has. */
function tellExits(legs: readonly Leg[], line: number, tell: Tell): void {
  const knowing = legs.filter(
    ({ listsBranches, file }) =>
      file.branches.has(line) || (listsBranches && file.stateOf(line) !== undefined),
  )
  const exitsIn = ({ file }: Leg) => file.branches.get(line)?.exits ?? 0
  const counts = new Set(knowing.map(exitsIn))
  if (counts.size < 2) return
  const parts = [...counts]
    .sort((a, b) => b - a)
    .map(exits => {
      const number = exits === 0 ? 'no' : exits
      return `${number} ${exits === 1 ? 'exit' : 'exits'} in ${names(knowing.filter(leg => exitsIn(leg) === exits))}`
    })
  tell(line, parts.join(', '))
}

function names(legs: readonly Leg[]): string {
  return legs.map(({ report }) => report).join(', ')
}
