import { type Causes, causesOf } from './causes.ts'
import { CONCERNS, JOBS_OF, type Job } from './job.ts'
import { KIND_NAMES, type Kind, kindOf } from './kind.ts'
import { type Layout, layoutOf } from './layout.ts'
import { reachablePaths } from './links.ts'
import type { Surroundings } from './surroundings.ts'
import type { Tree } from './tree.ts'

export interface UnaffectedJobs {
  /** Jobs that no changed file can influence, each with the reason; that has neither quotes nor line ends. */
  readonly unaffected: ReadonlyMap<Job, string>
  /** The others, each with what influences it, for the log. */
  readonly affected: ReadonlyMap<Job, string>
}

/**
 * Which jobs a change has no influence on. A file influences a job unless it is known not to, so that a larger change never leaves
 * out more, and an unknown file leaves out nothing.
 *
 * @param changed paths in the repository, of what was renamed both
 */
export function unaffectedJobs(changed: readonly string[], surroundings: Surroundings): UnaffectedJobs {
  const { project, findings, directory, tree } = surroundings
  const layout = layoutOf(project, findings, directory)
  const kinds = kindsOf(changed, layout, tree)
  const causes = causesOf(kinds, layout, surroundings)
  const reason = `no changed file concerns it: ${inWords(changed, kinds)}`
  return { unaffected: jobsWith(causes, reason, false), affected: jobsWith(causes, reason, true) }
}

/** What each file is, by every path that leads to it. A link that is changed itself, or a submodule, can be anything. */
function kindsOf(changed: readonly string[], layout: Layout, tree: Tree): Map<string, Kind> {
  const paths = reachablePaths(changed, tree)
  const isPlain = (path: string) => !tree.links.has(path) && !tree.submodules.has(path)
  const isKnown = paths !== undefined && changed.every(isPlain)
  return new Map((paths ?? changed).map(path => [path, isKnown ? kindOf(path, layout) : 'other']))
}

function jobsWith(causes: Causes, reason: string, isAffected: boolean): Map<Job, string> {
  const concerns = CONCERNS.filter(concern => causes.has(concern) === isAffected)
  return new Map(
    concerns.flatMap(concern =>
      JOBS_OF[concern].map((job): [Job, string] => [job, causes.get(concern) ?? reason]),
    ),
  )
}

/** `3 files, all documentation`; `5 files, documentation and dashboard`. */
function inWords(changed: readonly string[], kinds: ReadonlyMap<string, Kind>): string {
  const names = [...new Set(changed.map(path => KIND_NAMES[kinds.get(path) ?? 'other']))].sort()
  const count = changed.length === 1 ? '1 file' : `${changed.length} files`
  const all = names.length === 1 && changed.length > 1 ? 'all ' : ''
  return `${count}, ${all}${names.join(' and ')}`
}
