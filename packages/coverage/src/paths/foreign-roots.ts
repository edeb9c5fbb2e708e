import type { CoverageReport } from '../model/report.ts'
import type { Reading } from './reading.ts'
import { isAbsolute, isInstalled, joined, normalized, relativeTo } from './spelling.ts'
import type { Tree } from './tree.ts'

/** Where the repository, or the folder where its tests run, was on another machine. */
interface ForeignRoot {
  readonly prefix: string
  /** Folder of the repository that stands for it: '' or the working directory. */
  readonly folder: string
}

/**
 * Reads the names of a report that another machine wrote: for each of its sources a root is looked for below which most names
 * are tracked files, so that a name matches by its longest tracked tail. Tails are not taken name by name, because a lone
 * `setup.py` of an installed package is a tail as well. The names of Go start with the module's path, which is such a root too.
 */
export function foreignReading(report: CoverageReport, sources: readonly string[], tree: Tree): Reading {
  const names = [...report.files.keys()].map(normalized)
  const ofItself = names.filter(name => isAbsolute(name) || report.format === 'go')
  const groups = [
    { source: '', paths: ofItself },
    ...sources.filter(isAbsolute).map(source => ({ source, paths: pathsBelow(source, names) })),
  ]
  const elected = groups.map(({ source, paths }) => ({ source, roots: elect(paths, tree) }))
  return name => {
    return elected.flatMap(({ source, roots }) => {
      if (source !== '' && isAbsolute(name)) return []
      return roots.flatMap(root => below(root, joined(source, name)) ?? [])
    })
  }
}

function pathsBelow(source: string, names: readonly string[]): string[] {
  return names.filter(name => !isAbsolute(name)).map(name => joined(source, name))
}

function below({ prefix, folder }: ForeignRoot, path: string): string | undefined {
  const rest = relativeTo(prefix, path)
  return rest === undefined ? undefined : joined(folder, rest)
}

/** The root with most tracked files below it, of several the outermost; two when the folder is in doubt. */
function elect(paths: readonly string[], { tracked, workingDirectory }: Tree): readonly ForeignRoot[] {
  const votes = new Map<string, { root: ForeignRoot; count: number }>()
  const folders = new Set(['', workingDirectory])
  for (const path of paths) {
    if (isInstalled(path)) continue
    for (let end = path.indexOf('/'); end >= 0; end = path.indexOf('/', end + 1)) {
      for (const folder of folders) {
        if (!tracked.has(joined(folder, path.slice(end + 1)))) continue
        const root = { prefix: path.slice(0, end), folder }
        const key = `${root.prefix}\0${folder}`
        votes.set(key, { root, count: (votes.get(key)?.count ?? 0) + 1 })
      }
    }
  }
  const candidates = [...votes.values()]
  const most = candidates.reduce((max, { count }) => Math.max(max, count), 0)
  const leading = candidates.filter(({ count }) => count === most).map(({ root }) => root)
  const outermost = leading.reduce(
    (min, { prefix }) => Math.min(min, prefix.length),
    Number.POSITIVE_INFINITY,
  )
  return leading.filter(({ prefix }) => prefix.length === outermost)
}
