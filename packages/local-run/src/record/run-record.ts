import type { ActEvent, Annotation, Happening, Result, StepRef } from '../act/events.ts'

export interface StepRun {
  readonly key: string
  readonly stage: StepRef['stage']
  readonly name: string
  readonly startedAt: number
  result: Result | 'running' | 'tolerated'
  seconds: number
  /** Steps of composite actions that failed inside it, innermost last. */
  readonly failedInside: string[]
  /** The last lines that it printed. */
  readonly output: string[]
}

export interface JobRun {
  readonly job: string
  readonly id: string
  readonly matrix: Readonly<Record<string, unknown>>
  readonly startedAt: number
  end:
    | { readonly kind: 'running' }
    | { readonly kind: 'finished'; readonly result: 'success' | 'failure'; readonly seconds: number }
    | { readonly kind: 'skipped'; readonly reason: string }
    | { readonly kind: 'no-runner'; readonly label: string }
  readonly steps: StepRun[]
  /** What act says went wrong, in a step or before the first one. */
  readonly errors: string[]
  readonly annotations: Annotation[]
  readonly summaries: string[]
}

/** What changed, for those who watch. */
export type Change =
  | { readonly kind: 'job-started'; readonly job: JobRun }
  | { readonly kind: 'step-finished'; readonly job: JobRun; readonly step: StepRun }
  | { readonly kind: 'job-ended'; readonly job: JobRun }

type Progress = Exclude<Happening, { kind: 'output' | 'error' | 'annotation' | 'summary' }>

const KEPT_LINES = 200

/** Folds act's events into jobs with their steps, output, annotations and summaries. Times are in seconds. */
export class RunRecord {
  readonly jobs = new Map<string, JobRun>()
  readonly #names = new Map<string, string>()
  readonly #composites = new Set<string>()
  readonly #untold = new Map<JobRun, StepRun>()

  /** Takes one event in; `at` is its time in ms. A step's failure is told once act has said all about it. */
  add({ job: path, id, matrix, happening }: ActEvent, at: number): Change[] {
    const job = this.#job(path, id, matrix, at)
    if (happening.kind === 'output') keepOutput(job, happening.step, happening.text)
    else if (happening.kind === 'error') {
      // act says it again for each composite action around the step.
      if (job.errors.at(-1) !== happening.text) keepOutput(job, happening.step, happening.text)
      job.errors.push(happening.text)
    } else if (happening.kind === 'annotation') job.annotations.push(happening.annotation)
    else if (happening.kind === 'summary') this.#keepSummary(job, happening.step, happening.markdown)
    else return [...this.#failureOf(job), ...this.#progress(job, happening, at)]
    return []
  }

  #progress(job: JobRun, happening: Progress, at: number): Change[] {
    switch (happening.kind) {
      case 'job-started':
        return [{ kind: 'job-started', job }]
      case 'step-started':
        this.#stepStarted(job, happening.step, happening.name, at)
        return []
      case 'step-finished':
        return this.#stepFinished(job, happening.step, happening.result, at)
      case 'step-failure-tolerated':
        this.#tolerate(job, happening.step)
        return []
      case 'job-finished':
        job.end = { kind: 'finished', result: ownResult(job, happening.result), seconds: since(job, at) }
        return [{ kind: 'job-ended', job }]
      case 'job-skipped':
        job.end = { kind: 'skipped', reason: happening.reason }
        return [{ kind: 'job-ended', job }]
      case 'no-runner':
        job.end = { kind: 'no-runner', label: happening.label }
        return [{ kind: 'job-ended', job }]
    }
  }

  /** The failed step of the job that nobody has been told of. */
  #failureOf(job: JobRun): Change[] {
    const step = this.#untold.get(job)
    this.#untold.delete(job)
    return step ? [{ kind: 'step-finished', job, step }] : []
  }

  #job(path: string, id: string, matrix: JobRun['matrix'], at: number): JobRun {
    const key = `${path} ${id} ${JSON.stringify(matrix)}`
    const known = this.jobs.get(key)
    if (known) return known
    const end = { kind: 'running' } as const
    const job: JobRun = {
      job: path,
      id,
      matrix,
      startedAt: at,
      end,
      steps: [],
      errors: [],
      annotations: [],
      summaries: [],
    }
    this.jobs.set(key, job)
    return job
  }

  #stepStarted(job: JobRun, step: StepRef, name: string, at: number): void {
    this.#names.set(nameKey(job, step), name)
    this.#composites.add(placeOf(job, step.path.slice(0, -1)))
    if (step.path.length > 1 || findStep(job, step)) return
    job.steps.push({
      key: keyOf(step),
      stage: step.stage,
      name: step.stage === 'Main' ? stepTitle(step.name) : `${step.stage} ${stepTitle(step.name)}`,
      startedAt: at,
      result: 'running',
      seconds: 0,
      failedInside: [],
      output: [],
    })
  }

  #stepFinished(job: JobRun, step: StepRef, result: Result, at: number): Change[] {
    const own = findStep(job, step)
    if (!own) return []
    if (step.path.length > 1) {
      const name = this.#names.get(nameKey(job, step))
      if (result === 'failure' && name) own.failedInside.unshift(stepTitle(name))
      return []
    }
    own.seconds = since(own, at)
    own.result = own.result === 'tolerated' && result === 'failure' ? 'tolerated' : result
    if (own.result !== 'failure') return [{ kind: 'step-finished', job, step: own }]
    this.#untold.set(job, own)
    return []
  }

  /** act gives the summary of a composite action's last step a second time, as the composite's own. */
  #keepSummary(job: JobRun, step: StepRef | undefined, markdown: string): void {
    if (!step || !this.#composites.has(placeOf(job, step.path))) job.summaries.push(markdown)
  }

  #tolerate(job: JobRun, step: StepRef): void {
    const own = step.path.length === 1 ? findStep(job, step) : undefined
    if (own) own.result = 'tolerated'
  }
}

/**
 * act has one result for all legs of a matrix: after the first failure every later leg is called failed as well. A leg
 * without a failed step and without an error has succeeded.
 */
function ownResult({ matrix, steps, errors }: JobRun, result: 'success' | 'failure'): 'success' | 'failure' {
  const isLeg = Object.keys(matrix).length > 0
  const isSound = steps.length > 0 && errors.length === 0 && steps.every(step => step.result !== 'failure')
  return isLeg && isSound ? 'success' : result
}

function since({ startedAt }: { readonly startedAt: number }, at: number): number {
  return (at - startedAt) / 1000
}

function keyOf({ stage, path }: StepRef): string {
  return `${stage} ${path[0]}`
}

function placeOf(job: JobRun, path: readonly string[]): string {
  return `${job.job} ${JSON.stringify(job.matrix)} ${path.join('/')}`
}

function nameKey(job: JobRun, { stage, path }: StepRef): string {
  return `${stage} ${placeOf(job, path)}`
}

function findStep(job: JobRun, step: StepRef): StepRun | undefined {
  return job.steps.find(({ key }) => key === keyOf(step))
}

function keepOutput(job: JobRun, step: StepRef | undefined, text: string): void {
  const output = (step ? findStep(job, step) : job.steps.at(-1))?.output
  if (!output) return
  output.push(...text.replace(/\r?\n$/, '').split(/\r?\n/))
  output.splice(0, output.length - KEPT_LINES)
}

const LONGEST_TITLE = 72

/** A step's name as people say it: a command's first line, our own actions without owner and version. */
export function stepTitle(name: string): string {
  const line = name
    .trim()
    .replace(/\n[\s\S]*/, ' …')
    .replace(/^[\w.-]+\/tokenledger-actions\/(.+)@[\w./-]+$/, '$1')
    .replace(/^([\w.-]+\/[\w./-]+@[0-9a-f]{7})[0-9a-f]{33}$/, '$1')
  return line.length > LONGEST_TITLE ? `${line.slice(0, LONGEST_TITLE - 1)}…` : line
}
