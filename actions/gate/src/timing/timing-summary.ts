import { codeSpan, details, markdownTable, type SummaryPart } from '@tokenledger/kit'
import { durationWords } from './duration-words.ts'
import { ganttChart, MOST_ROWS } from './gantt.ts'
import { ran, type TimedJob, type Timeline, waited } from './timeline.ts'

/** Characters of a step's name in the table. */
const LONGEST_STEP = 60
/** Jobs of a chain that a sentence has room for. */
const LONGEST_CHAIN = 12

/** What the summary says below the verdict: a sentence, a chart, and the numbers folded. */
export function timingParts(timeline: Timeline): SummaryPart[] {
  return [
    { markdown: sentence(timeline), dropOrder: 0 },
    { markdown: `${ganttChart(timeline)}\n\n${legend(timeline)}`, dropOrder: 2 },
    { markdown: details('Each job', table(timeline)), dropOrder: 1 },
  ]
}

/** `plan (9 s) → test (3.11) (1 m 32 s) → gate`, in one line. */
export function chainWords(chain: readonly TimedJob[], name = (text: string) => text): string {
  const words = chain.map((job, index) => {
    const line = name(job.name.replace(/\s+/g, ' '))
    return index === chain.length - 1 ? line : `${line} ${durationWords(ran(job))}`
  })
  const left = words.length - LONGEST_CHAIN
  return (left > 0 ? [`${left} more`, ...words.slice(left)] : words).join(' → ')
}

function sentence({ jobs, totalSeconds, runnerSeconds, criticalPath }: Timeline): string {
  const waiting = criticalPath.reduce((sum, job) => sum + waited(job), 0)
  return [
    `**${durationWords(totalSeconds)}** from the first job to this one,`,
    `${durationWords(runnerSeconds)} of runners in ${count(jobs.length - 1, 'job')}.`,
    `Critical path: ${chainWords(criticalPath, codeSpan)}, with ${durationWords(waiting)} of waiting for runners.`,
  ].join(' ')
}

function legend({ jobs }: Timeline): string {
  const left = jobs.length - MOST_ROWS
  const shorter = left > 0 ? ` ${count(left, 'shorter job')} only in the table.` : ''
  return `Seconds; grey: waiting for a runner, red: critical path, blue: other jobs.${shorter}`
}

function table({ jobs, criticalPath }: Timeline): string {
  const rows = jobs.slice(0, -1).map(job => {
    const { name, longestStep: step } = job
    return [
      `${criticalPath.includes(job) ? '🔴 ' : ''}${codeSpan(name)}`,
      durationWords(waited(job)),
      durationWords(ran(job)),
      step ? `${durationWords(step.seconds)} ${codeSpan(shortened(step.name))}` : '',
    ]
  })
  return markdownTable(['job', 'waited', 'ran', 'longest step'], rows)
}

function shortened(name: string): string {
  return name.length > LONGEST_STEP ? `${name.slice(0, LONGEST_STEP - 1)}…` : name
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`
}
