import { durationWords } from './duration-words.ts'
import { ran, type TimedJob, type Timeline, waited } from './timeline.ts'

/** Rows that can still be read. */
export const MOST_ROWS = 50
/** Characters of a name beside its bars. */
const LONGEST_NAME = 44
/** A wait that is shorter, as a part of the whole, has no room for its words. */
const SHORTEST_LABELLED = 0.1
/** Text that takes no room: a bar cannot be without. */
const NO_LABEL = '#8203;'

/**
 * A mermaid chart with a row for each job: grey while it waited for a runner, then blue, or red on the critical path. Of more
 * than {@link MOST_ROWS} jobs those of the path and the ones that took longest.
 */
export function ganttChart(timeline: Timeline): string {
  const rows = rowsOf(timeline)
  const names = distinct(rows.map(({ name }) => shortened(name)))
  const padding = 24 + 6 * Math.max(...names.map(name => name.length))
  return [
    '```mermaid',
    '---',
    'displayMode: compact',
    'config:',
    '  gantt:',
    `    leftPadding: ${padding}`,
    '---',
    'gantt',
    // Of the two formats of numbers this one means the same to all versions. %s does not depend on the reader's time zone.
    '  dateFormat x',
    '  axisFormat %s',
    '  todayMarker off',
    ...rows.flatMap((job, row) => [`  section ${encoded(names[row] ?? '')}`, ...barsOf(job, timeline)]),
    '```',
  ].join('\n')
}

function rowsOf({ jobs, criticalPath }: Timeline): readonly TimedJob[] {
  const isOnPath = new Set(criticalPath)
  const byWeight = [...jobs].sort(
    (a, b) => Number(isOnPath.has(b)) - Number(isOnPath.has(a)) || took(b) - took(a),
  )
  const kept = new Set(byWeight.slice(0, MOST_ROWS))
  return jobs.filter(job => kept.has(job))
}

function took({ created, ended }: TimedJob): number {
  return ended - created
}

function barsOf(job: TimedJob, { jobs, criticalPath, totalSeconds }: Timeline): string[] {
  const wait = waited(job)
  const label = wait >= SHORTEST_LABELLED * totalSeconds ? durationWords(wait) : NO_LABEL
  const waiting = wait > 0 ? [bar(label, 'done', job.created, job.started)] : []
  if (job === jobs.at(-1)) return [...waiting, bar(NO_LABEL, 'milestone', job.started, job.started)]
  const tag = criticalPath.includes(job) ? 'crit' : 'active'
  return [...waiting, bar(durationWords(ran(job)), tag, job.started, job.ended)]
}

function bar(label: string, tag: string, from: number, to: number): string {
  return `  ${label} :${tag}, ${from * 1000}, ${to * 1000}`
}

function shortened(name: string): string {
  const line = name.replace(/[\s\p{C}]+/gu, ' ').trim() || '–'
  const signs = [...line]
  return signs.length > LONGEST_NAME ? `${signs.slice(0, LONGEST_NAME - 1).join('')}…` : line
}

/** Rows of one name would become one. */
function distinct(names: readonly string[]): string[] {
  const seen = new Map<string, number>()
  return names.map(name => {
    const times = (seen.get(name) ?? 0) + 1
    seen.set(name, times)
    return times > 1 ? `${name} ${times}` : name
  })
}

/**
 * Mermaid reads `#58;` as the character of that number; what may end a name or begin a directive is written so. It keeps rows
 * as properties of an object, so a name that every object has, or a number, which would come first, has its first character
 * written that way.
 */
function encoded(name: string): string {
  const isSpecial = name in {} || /^\d+$/.test(name)
  return name.replace(isSpecial ? /^./u : /[^\p{L}\p{N} ().,/_+…–-]/gu, sign => `#${sign.codePointAt(0)};`)
}
