import { type Commit, shortHash } from '../history/commit.ts'
import { namesBreakInBody, parseCommit } from './parse-commit.ts'
import { withoutReverted } from './reverted.ts'

export type AutoPart = 'major' | 'minor' | 'patch'

export interface PartPolicy {
  /** The current version is 0.x, whose API is not stable yet (semver 2.0.0, 4). */
  readonly isZero: boolean
  /** A break of 0.x makes 1.0.0 instead of the next minor version. */
  readonly majorOnZero: boolean
}

export interface PartDecision {
  /** Undefined when there is nothing to release. */
  readonly part: AutoPart | undefined
  /** One sentence, with hashes and no text of a commit. */
  readonly reason: string
  /** Newest first; empty when there is nothing to release. */
  readonly deciding: readonly Commit[]
  /** Commits of another form, merges aside; they decide nothing. */
  readonly unparsed: readonly Commit[]
  /** Commits that speak of a break in their body, where it does not count. */
  readonly doubtful: readonly Commit[]
  /** Commits and their reverts, which cancel each other out. */
  readonly cancelled: readonly Commit[]
}

type Change = 'break' | 'feature' | 'fix'

const CHANGES: Readonly<Record<string, Change>> = {
  ...{ feat: 'feature', feature: 'feature' },
  ...{ fix: 'fix', bugfix: 'fix', hotfix: 'fix', perf: 'fix', security: 'fix', revert: 'fix' },
}

/** Decides which part of the version the commits since the last release ask for. `commits` are newest first. */
export function autoPart(commits: readonly Commit[], policy: PartPolicy): PartDecision {
  const { commits: effective, cancelled } = withoutReverted(commits)
  const of = Map.groupBy(effective, changeOf)
  const unparsed = of.get('unparsed') ?? []
  const doubtful = effective.filter(
    commit => changeOf(commit) !== 'break' && namesBreakInBody(commit.message),
  )
  const rest = { unparsed, doubtful, cancelled }
  for (const change of ['break', 'feature', 'fix'] as const) {
    const deciding = of.get(change)
    if (!deciding) continue
    const part = partOf(change, policy)
    return { part, reason: reasonFor(part, change, deciding, policy), deciding, ...rest }
  }
  return { part: undefined, reason: nothing(commits, rest), deciding: [], ...rest }
}

function changeOf(commit: Commit): Change | 'none' | 'unparsed' {
  const parsed = parseCommit(commit.message)
  if (!parsed) return commit.parents.length > 1 ? 'none' : 'unparsed'
  return parsed.isBreaking ? 'break' : (CHANGES[parsed.type] ?? 'none')
}

function partOf(change: Change, { isZero, majorOnZero }: PartPolicy): AutoPart {
  if (change === 'break') return isZero && !majorOnZero ? 'minor' : 'major'
  return change === 'feature' ? 'minor' : 'patch'
}

const WORDS: Readonly<Record<Change, readonly [string, string]>> = {
  break: ['commit breaks', 'commits break'],
  feature: ['commit adds a feature', 'commits add features'],
  fix: ['commit fixes', 'commits fix'],
}
/** Hashes that a sentence can hold. */
const MOST_NAMED = 3

function reasonFor(part: AutoPart, change: Change, deciding: readonly Commit[], policy: PartPolicy): string {
  const hashes = deciding.slice(0, MOST_NAMED).map(shortHash)
  const more = deciding.length > MOST_NAMED ? [`${deciding.length - MOST_NAMED} more`] : []
  const [one, many] = WORDS[change]
  const verb = `${deciding.length} ${deciding.length === 1 ? one : many}`
  const what = change === 'break' ? `${verb} what was there` : change === 'fix' ? `${verb} something` : verb
  const zero = change === 'break' && policy.isZero
  const why = !zero
    ? ''
    : part === 'minor'
      ? '; below 1.0.0 a break is a minor version'
      : '; major-on-zero is on'
  return `${part}, because ${what} (${[...hashes, ...more].join(', ')})${why}.`
}

function nothing(
  commits: readonly Commit[],
  { unparsed, cancelled }: Pick<PartDecision, 'unparsed' | 'cancelled'>,
): string {
  if (commits.length === 0) return 'Nothing to release: there is no commit since the last release.'
  const count = commits.length === 1 ? 'the one commit' : `none of the ${commits.length} commits`
  const does =
    commits.length === 1 ? 'neither breaks, nor adds, nor fixes anything' : 'breaks, adds or fixes anything'
  const asides = [
    ...(unparsed.length > 0 ? [`${unparsed.length} of another form than "type: description"`] : []),
    ...(cancelled.length > 0 ? [`${cancelled.length} that cancel each other out`] : []),
  ]
  const among = asides.length > 0 ? ` (among them ${asides.join(', ')})` : ''
  return `Nothing to release: ${count} since the last release ${does}${among}.`
}
