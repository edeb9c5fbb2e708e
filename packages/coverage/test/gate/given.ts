import { type Judged, judge } from '../../src/gate/judge.ts'
import { parsePercent } from '../../src/gate/percentage.ts'
import type { Verdict } from '../../src/gate/verdict.ts'
import type { Totals } from '../../src/model/totals.ts'
import type { PatchCoverage, PatchFile, UncoveredLine } from '../../src/patch/patch-coverage.ts'

/** Covered of valid statements, without branches. */
export function totals(executed: number, statements: number): Totals {
  return { statements, executed, exits: 0, taken: 0 }
}

export function missed(line: number): UncoveredLine {
  return { line, changed: [line], kind: 'missed', missing: [] }
}

export function partial(line: number, ...missing: readonly string[]): UncoveredLine {
  return { line, changed: [line], kind: 'partial', missing }
}

export function patchFile(path: string, covered: number, ...uncovered: readonly UncoveredLine[]): PatchFile {
  return { path, covered, valid: covered + uncovered.length, uncovered }
}

export function patchOf(...files: readonly PatchFile[]): PatchCoverage {
  const sum = (count: 'covered' | 'valid') => files.reduce((total, file) => total + file[count], 0)
  return { covered: sum('covered'), valid: sum('valid'), files }
}

type Thresholds = Partial<Record<keyof Judged['gates'], string>>

/** The verdict on thresholds as they are typed; 9 of 10 lines are covered unless something else is given. */
export function verdict(thresholds: Thresholds, given: Partial<Omit<Judged, 'gates'>> = {}): Verdict {
  const gates = Object.fromEntries(
    Object.entries(thresholds).map(([gate, typed]) => [gate, parsePercent(typed, gate)]),
  )
  return judge({ totals: totals(9, 10), gateOn: 'exact', precision: 0, ...given, gates })
}

export function messages(of: Verdict): string[] {
  return of.failures.map(({ message }) => message)
}
