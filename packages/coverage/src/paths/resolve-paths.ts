import { mergeFile } from '../merge/merge-file.ts'
import type { FileCoverage } from '../model/file-coverage.ts'
import type { CoverageReport } from '../model/report.ts'
import { excludes } from './exclude.ts'
import { type NameBases, nameBases } from './name-bases.ts'
import { isAbsolute, isInstalled, normalized, relativeTo } from './spelling.ts'
import type { Tree } from './tree.ts'

/** A name of a report that is no tracked file. */
export interface Unresolved {
  /** As the report has it. */
  readonly name: string
  /**
   * `outside` for a file that is not of the repository, such as one of an installed package; `untracked` for one that is in
   * the checkout and not in git, mostly a generated one; `missing` when it is neither, so that the paths do not fit.
   */
  readonly reason: 'outside' | 'untracked' | 'missing'
}

export interface Ambiguous {
  readonly name: string
  /** Tracked files, at least two, sorted. */
  readonly candidates: readonly string[]
}

/** The files of a report by their paths in the repository, and what is not there. */
export interface ResolvedPaths {
  readonly files: ReadonlyMap<string, FileCoverage>
  readonly unresolved: readonly Unresolved[]
  readonly ambiguous: readonly Ambiguous[]
  /** Paths, or names that were not resolved, that an `exclude` glob left out. */
  readonly excluded: readonly string[]
  /**
   * The unresolved files, by path where they are in the checkout, else by name. coverage.py counts them; a total that is
   * computed equals that of `coverage combine` only with them.
   */
  readonly others: ReadonlyMap<string, FileCoverage>
}

/**
 * Finds for each name of a report the tracked file that it stands for: the first way of reading it (`nameBases`) under which
 * there is one. Two names of the same file count as one.
 */
export function resolvePaths(report: CoverageReport, tree: Tree): ResolvedPaths {
  const bases = nameBases(report, tree)
  const isExcluded = excludes(tree.exclude)
  const [files, others] = [new Map<string, FileCoverage>(), new Map<string, FileCoverage>()]
  const [unresolved, ambiguous, excluded] = [[] as Unresolved[], [] as Ambiguous[], [] as string[]]
  for (const [name, file] of report.files) {
    const candidates = trackedFor(name, bases, tree)
    const [path, ...more] = candidates
    if (path === undefined) {
      const { reason, key } = untrackedFor(normalized(name), bases, tree)
      if (isExcluded(key)) excluded.push(key)
      else {
        unresolved.push({ name, reason })
        put(others, key, file, report)
      }
    } else if (candidates.every(isExcluded)) excluded.push(...candidates)
    else if (more.length > 0) ambiguous.push({ name, candidates: [...candidates].sort() })
    else put(files, path, file, report)
  }
  return { files, unresolved, ambiguous, excluded, others }
}

function put(
  files: Map<string, FileCoverage>,
  path: string,
  file: FileCoverage,
  { path: report }: CoverageReport,
): void {
  const other = files.get(path)
  const legs = [other, file].flatMap(each => (each ? { report, file: each, listsBranches: false } : []))
  files.set(path, mergeFile(legs).file)
}

/** Tracked files that a name can stand for, by the surest reading that has one. */
function trackedFor(name: string, { readings }: NameBases, { tracked }: Tree): readonly string[] {
  // A backslash is part of a name where git says so.
  if (name.includes('\\') && tracked.has(name)) return [name]
  for (const reading of readings) {
    const found = new Set(reading(normalized(name)).filter(path => tracked.has(path)))
    if (found.size > 0) return [...found]
  }
  return []
}

function untrackedFor(
  name: string,
  { readings, spellings, isLocal }: NameBases,
  { workspace, exists }: Tree,
): { reason: Unresolved['reason']; key: string } {
  const inCheckout = readings
    .flatMap(reading => reading(name))
    .find(path => !isInstalled(path) && !leavesRoot(path) && exists?.(path))
  if (inCheckout !== undefined) return { reason: 'untracked', key: inCheckout }
  const paths = spellings(name)
  const root = normalized(workspace)
  const isOutside = (path: string) => {
    return isAbsolute(path) ? isLocal && relativeTo(root, path) === undefined : leavesRoot(path)
  }
  const outside = paths.some(isInstalled) || paths.every(isOutside)
  return { reason: outside ? 'outside' : 'missing', key: name }
}

function leavesRoot(path: string): boolean {
  return path === '..' || path.startsWith('../')
}
