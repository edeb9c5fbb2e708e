import { asWritten } from '../staging/skipped-outputs.ts'

export type Result = 'success' | 'failure' | 'skipped'

export interface Annotation {
  readonly level: 'notice' | 'warning' | 'error'
  readonly message: string
  readonly title: string | undefined
  readonly file: string | undefined
  readonly line: string | undefined
}

/** Where in a job something happened; `path` has a part for each composite action it is in. */
export interface StepRef {
  readonly stage: 'Pre' | 'Main' | 'Post'
  readonly path: readonly string[]
  readonly name: string
}

export type Happening =
  | { readonly kind: 'step-started'; readonly step: StepRef; readonly name: string }
  | { readonly kind: 'step-finished'; readonly step: StepRef; readonly result: Result }
  | { readonly kind: 'step-failure-tolerated'; readonly step: StepRef }
  | { readonly kind: 'output'; readonly step: StepRef | undefined; readonly text: string }
  /** act's own words about something that failed. */
  | { readonly kind: 'error'; readonly step: StepRef | undefined; readonly text: string }
  | { readonly kind: 'annotation'; readonly step: StepRef | undefined; readonly annotation: Annotation }
  | { readonly kind: 'summary'; readonly step: StepRef | undefined; readonly markdown: string }
  | { readonly kind: 'job-started' }
  | { readonly kind: 'job-finished'; readonly result: 'success' | 'failure' }
  | { readonly kind: 'job-skipped'; readonly reason: string }
  | { readonly kind: 'no-runner'; readonly label: string }

/** One line of act's log that matters, with the job it belongs to. */
export interface ActEvent {
  readonly job: string
  readonly id: string
  readonly matrix: Readonly<Record<string, unknown>>
  readonly happening: Happening
}

interface Entry {
  readonly level?: string
  readonly msg?: string
  readonly job?: string
  readonly jobID?: string
  readonly matrix?: Record<string, unknown>
  readonly jobResult?: string
  readonly stage?: StepRef['stage']
  readonly step?: string
  readonly stepID?: string[]
  readonly stepid?: string[]
  readonly stepResult?: string
  readonly raw_output?: boolean
  readonly command?: string
  readonly content?: string
  readonly arg?: string
  readonly kvPairs?: Record<string, string>
}

/** Reads one line of `act --json --verbose`; undefined for what only act's own developers want to know. */
export function readActLine(line: string): ActEvent | undefined {
  let entry: Entry
  try {
    entry = JSON.parse(line)
  } catch {
    return undefined
  }
  if (!entry.job || !entry.jobID) return undefined
  const happening = happeningOf(entry)
  // act pads names to one width.
  return happening && { job: entry.job.trimEnd(), id: entry.jobID, matrix: entry.matrix ?? {}, happening }
}

function happeningOf(entry: Entry): Happening | undefined {
  const { msg = '', level, command } = entry
  if (entry.jobResult) return jobEnd(entry.jobResult, msg)
  if (entry.stepid?.[0] === '--setup-job' && msg.includes('Run Set up job')) return { kind: 'job-started' }
  const label = /Skipping unsupported platform -- Try running with `-P (.*)=\.\.\.`/.exec(msg)?.[1]
  if (label) return { kind: 'no-runner', label }
  const step = stepOf(entry)
  if (command === 'summary') return { kind: 'summary', step, markdown: entry.content ?? '' }
  if (command === 'notice' || command === 'warning' || command === 'error')
    return { kind: 'annotation', step, annotation: annotationOf(command, entry) }
  if (command) return undefined
  if (entry.raw_output) return { kind: 'output', step, text: msg }
  if (step && entry.stepResult) return { kind: 'step-finished', step, result: entry.stepResult as Result }
  if (level === 'error') return { kind: 'error', step, text: msg }
  if (!step || level === 'debug') return undefined
  if (msg === 'Failed but continue next step') return { kind: 'step-failure-tolerated', step }
  const name = /^⭐ Run (?:Pre|Main|Post) ([\s\S]*)$/.exec(msg)?.[1]
  return name === undefined ? undefined : { kind: 'step-started', step, name }
}

function jobEnd(result: string, msg: string): Happening {
  if (result === 'skipped') {
    return { kind: 'job-skipped', reason: asWritten(/due to '([\s\S]*)'$/.exec(msg)?.[1] ?? msg) }
  }
  return { kind: 'job-finished', result: result === 'success' ? 'success' : 'failure' }
}

function stepOf({ stage, step, stepID }: Entry): StepRef | undefined {
  return stage && step !== undefined && stepID ? { stage, name: step, path: stepID } : undefined
}

function annotationOf(level: Annotation['level'], { arg = '', kvPairs = {} }: Entry): Annotation {
  const { title, file, line } = kvPairs
  return { level, message: arg.trimEnd(), title, file, line }
}
