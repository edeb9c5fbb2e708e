import type { ResolvedReport } from '../../src/merge/merge-reports.ts'
import { FileCoverage, type LineBranches } from '../../src/model/file-coverage.ts'

/** A file by its statements: line → hit. */
export function file(
  lines: Readonly<Record<number, boolean>>,
  branches: Readonly<Record<number, LineBranches>> = {},
): FileCoverage {
  const numbers = Object.keys(lines).map(Number)
  return new FileCoverage(
    Uint32Array.from(numbers),
    Uint8Array.from(numbers, line => (lines[line] ? 1 : 0)),
    new Map(Object.entries(branches).map(([line, each]) => [Number(line), each])),
  )
}

export function leg(
  path: string,
  files: Readonly<Record<string, FileCoverage>>,
  format: ResolvedReport['format'] = 'cobertura',
): ResolvedReport {
  return { path, format, files: new Map(Object.entries(files)) }
}

/** Exits of a line, with those that were missed by name. */
export function exits(count: number, ...missing: readonly string[]): LineBranches {
  return { exits: count, taken: count - missing.length, missing }
}

/** Exits of a line by numbers alone. */
export function unnamed(count: number, taken: number): LineBranches {
  return { exits: count, taken }
}

/** Its statements as they were given to {@link file}. */
export function linesOf({ lines, hits }: FileCoverage): Record<number, boolean> {
  return Object.fromEntries([...lines].map((line, index) => [line, hits[index] === 1]))
}
