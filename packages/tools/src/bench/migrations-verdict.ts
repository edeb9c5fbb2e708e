import { median, type Samples } from './interleave.ts'
import { OURS, OURS_ONE, PSQL_EACH, PSQL_ONE } from './migrations-tools.ts'
import { inSeconds, type Row, report } from './verdict.ts'

/** Goes before a tool's name for its run over a database that has everything. */
export const RERUN = 'again, nothing to do: '

export interface Round {
  /** Number of migration files. */
  readonly count: number
  readonly samples: Samples
}

/** Of psql's time for all files in one process. */
const AT_MOST_OF_ONE = 1.5
/** Times as fast as a process per file. */
const AT_LEAST_OF_EACH = 6
const RERUN_MS = 300
/** Below it the time of a run is that of starting processes. */
const TARGETS_FROM = 1000

/** Prints medians with their range; true when every target is met. */
export function migrationsVerdict(rounds: readonly Round[]): boolean {
  return rounds.map(round => report(titleOf(round), rowsOf(round))).every(Boolean)
}

function titleOf({ count, samples }: Round): string {
  const runs = samples.get(OURS)?.length
  const once = samples.get(PSQL_EACH)?.length === 1 ? ', a process per file once' : ''
  return `${count} ${count === 1 ? 'file' : 'files'} (wall time: median, min-max of ${runs} interleaved runs${once})`
}

function rowsOf({ count, samples }: Round): Row[] {
  const of = (name: string) => median(samples.get(name) ?? [])
  const [one, each, ours] = [of(PSQL_ONE), of(PSQL_EACH), of(OURS)]
  const ofOne = (ms: number) => ({
    target: `<= ${AT_MOST_OF_ONE.toFixed(2)}`,
    met: ms / one <= AT_MOST_OF_ONE,
  })
  const targets: Record<string, Pick<Row, 'target' | 'met'>> = {
    [OURS]: ofOne(ours),
    [OURS_ONE]: ofOne(of(OURS_ONE)),
    [PSQL_EACH]: { target: `>= ${AT_LEAST_OF_EACH} x ours`, met: each / ours >= AT_LEAST_OF_EACH },
    ...rerunTarget(samples.get(RERUN + OURS)),
  }
  return [...samples.keys()].map(name => ({
    name,
    measured: `${inSeconds(of(name))} (${range(samples.get(name) ?? [])})`,
    ratio: ratioOf(name, of(name), { one, ours }),
    target: '',
    ...(count >= TARGETS_FROM ? targets[name] : {}),
  }))
}

function rerunTarget(runs: readonly number[] | undefined): Record<string, Pick<Row, 'target' | 'met'>> {
  if (!runs) return {}
  return { [RERUN + OURS]: { target: `<= ${inSeconds(RERUN_MS)}`, met: median(runs) <= RERUN_MS } }
}

function ratioOf(name: string, ms: number, { one, ours }: { one: number; ours: number }): string {
  if (name.startsWith(RERUN)) return ''
  const ofOne = `${(ms / one).toFixed(2)} x psql`
  return name === PSQL_EACH ? `${(ms / ours).toFixed(1)} x ours` : ofOne
}

function range(values: readonly number[]): string {
  return [Math.min(...values), Math.max(...values)].map(ms => (ms / 1000).toFixed(3)).join('-')
}
