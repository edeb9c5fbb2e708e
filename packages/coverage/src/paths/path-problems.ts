import type { CoverageReport } from '../model/report.ts'
import { listed } from './listed.ts'
import type { ResolvedPaths, Unresolved } from './resolve-paths.ts'
import { suggestedPathMap } from './suggest-path-map.ts'

/** What there is to say of the paths of one report; one line each. */
export interface PathProblems {
  /** The paths do not fit the repository; the remedy is in the text. */
  readonly failures: readonly string[]
  /** Files that are measured and are rightly no tracked files. */
  readonly notes: readonly string[]
}

/** Lines for ambiguous names. */
const AMBIGUOUS_SHOWN = 10

/** Takes a report and what `resolvePaths` made of it in this repository. */
export function pathProblems(
  report: CoverageReport,
  resolved: ResolvedPaths,
  tracked: ReadonlySet<string>,
): PathProblems {
  const { files, excluded, ambiguous, unresolved } = resolved
  const isNone = files.size + excluded.length + ambiguous.length === 0 && report.files.size > 0
  if (isNone) return { failures: [noneExists(report, unresolved, tracked)], notes: [] }
  const because = (reason: Unresolved['reason']) => {
    return unresolved.filter(each => each.reason === reason).map(({ name }) => `"${name}"`)
  }
  const [missing, untracked, outside] = (['missing', 'untracked', 'outside'] as const).map(because)
  const of = `${report.files.size} paths of ${report.path}`
  return {
    failures: [
      ...ambiguousTexts(resolved),
      ...told(
        missing,
        (names, one) =>
          `of ${of} ${one ? 'does' : 'do'} not exist in the repository: ${names}. Set path-map, or exclude them.`,
      ),
    ],
    notes: [
      ...told(
        untracked,
        (names, one) => `of ${of} ${one ? 'is' : 'are'} in the checkout but not tracked by git: ${names}.`,
      ),
      ...told(outside, (names, one) => `of ${of} ${one ? 'is' : 'are'} outside the repository: ${names}.`),
    ],
  }
}

function noneExists(
  report: CoverageReport,
  unresolved: readonly Unresolved[],
  tracked: ReadonlySet<string>,
): string {
  const { sources, files } = report
  const first = unresolved.find(({ reason }) => reason === 'missing') ?? unresolved[0]
  const of = sources.length > 0 ? `; sources: ${listed(sources)}` : ''
  const where = `(first: "${first?.name}"${of})`
  if (first?.reason === 'untracked') {
    return `None of ${files.size} report paths is tracked by git ${where}. They are in the checkout; commit them, or measure other files.`
  }
  return `None of ${files.size} report paths exists in the repository ${where}. Set path-map: "${suggestedPathMap(report, tracked)}"`
}

function ambiguousTexts({ ambiguous }: ResolvedPaths): string[] {
  const texts = ambiguous.slice(0, AMBIGUOUS_SHOWN).map(({ name, candidates }) => {
    return `"${name}" fits ${candidates.length} tracked files (${listed(candidates)}); set path-map.`
  })
  const more = ambiguous.length - AMBIGUOUS_SHOWN
  return more > 0 ? [...texts, `${more} more names fit several tracked files.`] : texts
}

/** Nothing for no names; `2 of …` before the text otherwise. */
function told(names: readonly string[] | undefined, text: (names: string, one: boolean) => string): string[] {
  return names && names.length > 0 ? [`${names.length} ${text(listed(names), names.length === 1)}`] : []
}
