import { FileCoverage } from '../../src/model/file-coverage.ts'
import type { CoverageReport } from '../../src/model/report.ts'
import { parsePathMap } from '../../src/paths/path-map.ts'
import { type ResolvedPaths, resolvePaths } from '../../src/paths/resolve-paths.ts'
import type { Tree } from '../../src/paths/tree.ts'

/** A report of files with one line each. */
export function report(names: readonly string[], given: Partial<CoverageReport> = {}): CoverageReport {
  const one = () => new FileCoverage(Uint32Array.of(1), Uint8Array.of(1))
  return {
    path: 'coverage.xml',
    format: 'cobertura',
    sources: [],
    files: new Map(names.map(name => [name, one()])),
    ...given,
  }
}

interface GivenTree extends Partial<Omit<Tree, 'tracked' | 'pathMap'>> {
  readonly tracked: readonly string[]
  readonly pathMap?: readonly string[]
}

/** A checkout at `/w/repo`. */
export function tree({ tracked, pathMap = [], ...given }: GivenTree): Tree {
  return {
    tracked: new Set(tracked),
    workspace: '/w/repo',
    workingDirectory: '',
    pathMap: parsePathMap(pathMap),
    exclude: [],
    ...given,
  }
}

/** How names under these sources are resolved in a tree. */
export function resolve(
  names: readonly string[],
  sources: readonly string[],
  given: GivenTree,
): ResolvedPaths {
  return resolvePaths(report(names, { sources }), tree(given))
}

/** The paths that were found. */
export function found(names: readonly string[], sources: readonly string[], given: GivenTree): string[] {
  return [...resolve(names, sources, given).files.keys()]
}
