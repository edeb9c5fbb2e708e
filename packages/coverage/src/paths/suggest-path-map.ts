import { posix } from 'node:path'
import type { CoverageReport } from '../model/report.ts'
import { isAbsolute, joined, normalized } from './spelling.ts'

/**
 * A `path-map` entry that could mend the paths of a report of which none fits, such as `/build => .`: the one under which the
 * first name that shares its end with a single tracked file would be that file; without one, the parent of the first source
 * is taken for the root.
 */
export function suggestedPathMap(report: CoverageReport, tracked: ReadonlySet<string>): string {
  const sources = report.sources.map(normalized).filter(isAbsolute)
  const byBase = Map.groupBy(tracked, path => posix.basename(path))
  const names = [...report.files.keys()].map(normalized)
  for (const name of names) {
    for (const path of spelled(name, sources)) {
      const entry = entryFor(path, byBase.get(posix.basename(path)) ?? [])
      if (entry) return entry
    }
  }
  const [source] = sources
  const folder = source ?? names.filter(isAbsolute).map(name => posix.dirname(name))[0]
  return folder === undefined
    ? '<folder in the report> => <folder in the repository>'
    : `${parentOf(folder)} => .`
}

function spelled(name: string, sources: readonly string[]): readonly string[] {
  return sources.length === 0 ? [name] : sources.map(source => joined(source, name))
}

/** Undefined when no tracked file, or more than one, shares most of the path's end. */
function entryFor(path: string, tracked: readonly string[]): string | undefined {
  const shared = tracked.map(candidate => ({ candidate, count: sharedTail(path, candidate) }))
  const most = Math.max(...shared.map(({ count }) => count))
  const [best, ...more] = shared.filter(({ count }) => count === most)
  if (!best || more.length > 0) return undefined
  const [from, to] = [path, best.candidate].map(each => each.split('/').slice(0, -most).join('/'))
  if (from !== '') return `${from} => ${to || '.'}`
  // A relative name that is whole in the tracked path: its first folder says where that is.
  const [first = path] = path.split('/')
  return `${first} => ${to}/${first}`
}

function sharedTail(a: string, b: string): number {
  const [left, right] = [a.split('/').reverse(), b.split('/').reverse()]
  const differing = left.findIndex((part, index) => part !== right[index])
  return differing < 0 ? left.length : differing
}

function parentOf(folder: string): string {
  const parent = posix.dirname(folder)
  return parent === '/' || parent.endsWith(':') ? folder : parent
}
