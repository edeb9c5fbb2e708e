import { stripVTControlCharacters, styleText } from 'node:util'
import type { Change, JobRun, StepRun } from './record/run-record.ts'
import { shortCondition } from './record/verdict.ts'

const SHOWN_LINES = 40

/** Prints one line for each job and step as they begin and end; a step that fails shows what it printed last. */
export class Progress {
  readonly #print: (line: string) => void
  readonly #nameOf: (job: JobRun) => string
  readonly #brief: boolean

  /** `brief`: one line for each job, and steps only where they fail. */
  constructor(nameOf: (job: JobRun) => string, print: (line: string) => void, brief = false) {
    this.#nameOf = nameOf
    this.#print = print
    this.#brief = brief
  }

  show(change: Change): void {
    const name = this.#nameOf(change.job)
    if (change.kind === 'job-started' && !this.#brief) this.#print(styleText('bold', `▶ ${name}`))
    if (change.kind === 'step-finished') this.#step(name, change.job, change.step)
    if (change.kind === 'job-ended') this.#print(jobLine(name, change.job, this.#brief))
  }

  #step(name: string, job: JobRun, step: StepRun): void {
    // What surrounds a step is of interest when it goes wrong.
    if (this.#brief && step.result !== 'failure') return
    if (step.result === 'skipped' || (step.stage !== 'Main' && step.result === 'success')) return
    const inside = step.failedInside.length > 0 ? ` › ${step.failedInside.join(' › ')}` : ''
    this.#print(`  ${mark(step.result)} ${name} · ${step.name}${inside} ${dim(seconds(step.seconds))}`)
    if (step.result === 'failure') for (const line of evidence(job, step)) this.#print(`      │ ${line}`)
  }
}

/** What a failing step printed last, then the errors that its job has reported so far. */
export function evidence(job: JobRun, step: StepRun): string[] {
  const output = step.output.map(line => stripVTControlCharacters(line).trimEnd()).slice(-SHOWN_LINES)
  const errors = job.annotations.filter(({ level }) => level === 'error')
  return [...output, ...errors.map(error => `error: ${placedMessage(error)}`)]
}

/** The first line of a message after its place, unless the message begins with that itself. */
function placedMessage(error: JobRun['annotations'][number]): string {
  const [first = ''] = error.message.split('\n')
  return error.file && first.startsWith(error.file) ? first : `${placeOf(error)}${first}`
}

/** `src/a.py:3: ` */
export function placeOf({ file, line }: { file: string | undefined; line: string | undefined }): string {
  if (!file) return ''
  return line ? `${file}:${line}: ` : `${file}: `
}

function jobLine(name: string, { end }: JobRun, isBrief: boolean): string {
  switch (end.kind) {
    case 'finished':
      return styleText(
        end.result === 'success' ? 'green' : 'red',
        `${mark(end.result)} ${name} ${end.result === 'success' ? 'succeeded' : 'failed'} ${seconds(end.seconds)}`,
      )
    case 'skipped':
      return dim(`- ${name} skipped${isBrief ? '' : ` (${shortCondition(end.reason)})`}`)
    case 'no-runner':
      return styleText('yellow', `! ${name} not run: it wants a runner ${end.label}`)
    case 'running':
      return `${name} runs`
  }
}

function mark(result: StepRun['result']): string {
  if (result === 'success') return styleText('green', '✓')
  if (result === 'tolerated') return styleText('yellow', '!')
  return result === 'failure' ? styleText('red', '✗') : '-'
}

function dim(text: string): string {
  return styleText('dim', text)
}

/** `1.3 s` */
export function seconds(value: number): string {
  return `${value.toFixed(1)} s`
}
