import { Mistakes, mask, messageOf, inputs as read, UserError } from '@tokenledger/kit'
import { type GateRules, RESULTS, type Result } from './verdict.ts'

const NEEDS = 'needs: $' + '{{ toJSON(needs) }}'

/** How this job may ask GitHub about the jobs of its run, and how it knows itself among them. */
export interface Access {
  readonly token: string
  /** `''` on servers that do not tell it. */
  readonly checkRunId: string
}

/** Reads the token first of all, so that it is hidden from the log before anything is printed. */
export function readAccess(): Access {
  const token = read.optional('github-token')
  if (token) mask(token)
  return { token, checkRunId: read.optional('check-run-id') }
}

/** Reads what the gate is judged by; every mistake is told in one UserError. */
export function readRules(): GateRules {
  const mistakes = new Mistakes()
  const needs = mistakes.collect(readNeeds, new Map())
  const skipped = mistakes.collect(readSkipped, new Map())
  const skippedAfter = mistakes.collect(() => readSkippedAfter(needs), new Map())
  mistakes.throwIfAny()
  return { needs, skipped, skippedAfter }
}

function readNeeds(): Map<string, Result> {
  const text = read.optional('needs')
  if (!text) throw new UserError(`Input needs is empty, so there is nothing to judge. Give it as "${NEEDS}".`)
  const needs = Object.entries(objectIn('needs', text, NEEDS))
  if (needs.length === 0) {
    throw new UserError(
      'Input needs names no job, so there is nothing to judge. List the jobs in "needs:" of the job of this step.',
    )
  }
  return new Map(needs.map(([job, value]) => [job, resultOf(job, value)]))
}

function resultOf(job: string, value: unknown): Result {
  const result = (value as { result?: unknown } | null)?.result
  const known = RESULTS.find(one => one === result)
  if (known) return known
  throw new UserError(
    `Input needs gives job ${job} the result ${JSON.stringify(result)}; known: ${RESULTS.join(', ')}. Give it as "${NEEDS}".`,
  )
}

/** A name that is no job of `needs` allows nothing: a plan may know more jobs than one workflow has. */
function readSkipped(): Map<string, string> {
  const example = '{"docs": "no page was changed"}'
  const entries = Object.entries(objectIn('skipped', read.optional('skipped', '{}'), example))
  for (const [job, reason] of entries) {
    if (typeof reason === 'string' && reason.trim()) continue
    throw new UserError(`Input skipped gives no reason for ${job}. Write it as ${example}.`)
  }
  return new Map(entries as [string, string][])
}

function readSkippedAfter(needs: ReadonlyMap<string, Result>): Map<string, string[]> {
  const example = '{"deploy": ["build", "test"]}'
  const entries = Object.entries(objectIn('skipped-after', read.optional('skipped-after', '{}'), example))
  for (const [job, others] of entries) {
    if (!Array.isArray(others)) {
      throw new UserError(`Input skipped-after gives no list of jobs for ${job}. Write it as ${example}.`)
    }
    // Without needs there is a message already.
    const unknown = needs.size > 0 ? [job, ...others].filter(name => !needs.has(name)) : []
    if (unknown.length > 0) {
      throw new UserError(
        `Input skipped-after names ${unknown.join(', ')}, which this job does not need. It needs: ${[...needs.keys()].join(', ')}.`,
      )
    }
  }
  return new Map(entries as [string, string[]][])
}

function objectIn(name: string, text: string, example: string): object {
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch (error) {
    throw new UserError(`Input ${name} is not valid JSON: ${messageOf(error)}. Write it as "${example}".`)
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value
  throw new UserError(`Input ${name} is no JSON object. Write it as "${example}".`)
}
