import { posix } from 'node:path'
import type { CoverageReport } from '../model/report.ts'
import { foreignReading } from './foreign-roots.ts'
import { mapped } from './path-map.ts'
import type { Reading } from './reading.ts'
import { isAbsolute, joined, normalized, relativeTo } from './spelling.ts'
import type { Tree } from './tree.ts'
import { whereTestsRan } from './working-directory.ts'

/** How the names of one report can be read. All take normalized names. */
export interface NameBases {
  /** The surest first; the first one that finds a tracked file decides. */
  readonly readings: readonly Reading[]
  /** A name with every source in front. */
  readonly spellings: Reading
  /** Whether the report was written in this checkout, or in one at the same place. */
  readonly isLocal: boolean
}

/**
 * A name is relative to one of the report's sources, which is not said, or to the folder where the tests ran. What `path-map`
 * says comes first. A source in the checkout is surer than one of another machine, and that is surer than no source:
 * coverage.py's names always are below one of them (coverage/xmlreport.py, `xml_file`).
 */
export function nameBases(report: CoverageReport, tree: Tree): NameBases {
  const workspace = normalized(tree.workspace)
  const sources = report.sources.map(normalized)
  const names = [...report.files.keys()].map(normalized)
  const alone: Reading = name => [name]
  const spellings: Reading = name => {
    return isAbsolute(name) || sources.length === 0 ? [name] : sources.map(source => joined(source, name))
  }
  const isInWorkspace = (path: string) => path === workspace || relativeTo(workspace, path) !== undefined
  const isLocal = [...sources, ...names].some(isInWorkspace)
  const readings = [
    ...tree.pathMap.map((entry): Reading => {
      return name => [name, ...spellings(name)].flatMap(path => mapped(path, entry) ?? [])
    }),
    (name: string) => spellings(name).flatMap(path => relativeTo(workspace, path) ?? []),
    // What is not in this checkout, when the report is of it, is no file of the repository.
    ...(isLocal ? [] : [foreignReading(report, sources, tree)]),
    ...whereTestsRan(names, spellings, tree),
    ...whereTestsRan(names, alone, tree),
    ...(report.format === 'jacoco' ? [underUnknownRoot(tree.tracked)] : []),
  ]
  return { readings, spellings, isLocal }
}

/** JaCoCo names `com/acme/Ledger.java` and not the source root that it is under. */
function underUnknownRoot(tracked: ReadonlySet<string>): Reading {
  const byBase = Map.groupBy(tracked, path => posix.basename(path))
  return name => (byBase.get(posix.basename(name)) ?? []).filter(path => path.endsWith(`/${name}`))
}
