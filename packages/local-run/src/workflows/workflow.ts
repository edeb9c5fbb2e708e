import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { messageOf, UserError } from '@tokenledger/kit'
import { parse } from 'yaml'
import { takesRef } from './ref-filter.ts'

export const EVENTS = ['push', 'pull_request', 'merge_group', 'workflow_dispatch'] as const
export type Event = (typeof EVENTS)[number]

export interface Service {
  readonly image: string
  readonly env: Readonly<Record<string, string>>
  /** As written: `5432:5432` or `5432`. */
  readonly ports: readonly string[]
}

export interface Job {
  readonly id: string
  /** With its expressions; undefined when the id is the name. */
  readonly name: string | undefined
  readonly condition: string | undefined
  readonly needs: readonly string[]
  /** The called workflow. */
  readonly uses: string | undefined
  /** What a called workflow gets. */
  readonly inputs: Readonly<Record<string, unknown>>
  readonly matrix: unknown
  readonly services: Readonly<Record<string, Service>>
  readonly runsOn: readonly string[]
  readonly mayFail: boolean
  /** The `uses:` of its steps. */
  readonly actions: readonly string[]
}

export interface Workflow {
  readonly file: string
  /** `name:`, or the file's name as act shows it. */
  readonly name: string
  readonly on: Readonly<Record<string, unknown>>
  readonly jobs: readonly Job[]
}

type Fields = Record<string, unknown>

/** Reads one workflow file. A UserError when it is not YAML or has no jobs. */
export function readWorkflow(file: string): Workflow {
  let content: Fields
  try {
    content = fields(parse(readFileSync(file, 'utf8')))
  } catch (error) {
    throw new UserError(`${file} is not a workflow that can be read: ${messageOf(error)}`)
  }
  const jobs = Object.entries(fields(content.jobs)).map(([id, job]) => readJob(id, fields(job)))
  if (jobs.length === 0) throw new UserError(`${file} has no jobs.`)
  return { file, name: text(content.name) ?? basename(file), on: triggersOf(content.on), jobs }
}

/** The workflows of a checkout that has some, in the order of their file names. */
export function workflowsOf(checkout: string): Workflow[] {
  const folder = join(checkout, '.github', 'workflows')
  const names = readdirSync(folder).filter(name => /\.ya?ml$/.test(name))
  return names.sort().map(name => readWorkflow(join(folder, name)))
}

/**
 * Whether an event starts the workflow. Branch and path filters count as met, so that CI can be tried on any branch; a push
 * filter that names tags alone does not. Of a run at a tag the tag's filter decides, as on GitHub.
 */
export function isTriggeredBy({ on }: Workflow, event: Event, tag?: string): boolean {
  if (!(event in on)) return false
  if (event !== 'push') return true
  const filter = fields(on.push)
  const hasTags = 'tags' in filter || 'tags-ignore' in filter
  const hasBranches = 'branches' in filter || 'branches-ignore' in filter
  if (tag === undefined) return hasBranches || !hasTags
  if (!hasTags) return !hasBranches
  return 'tags' in filter ? takesRef(list(filter.tags), tag) : !takesRef(list(filter['tags-ignore']), tag)
}

function triggersOf(on: unknown): Fields {
  if (typeof on === 'string') return { [on]: {} }
  if (Array.isArray(on)) return Object.fromEntries(on.map(event => [String(event), {}]))
  return fields(on)
}

function readJob(id: string, job: Fields): Job {
  const steps = Array.isArray(job.steps) ? job.steps.map(fields) : []
  return {
    id,
    name: text(job.name),
    condition: text(job.if),
    needs: list(job.needs),
    uses: text(job.uses),
    inputs: fields(job.with),
    matrix: fields(job.strategy).matrix,
    services: Object.fromEntries(
      Object.entries(fields(job.services)).map(([name, service]) => [name, readService(fields(service))]),
    ),
    runsOn: list(job['runs-on']),
    mayFail: job['continue-on-error'] === true,
    actions: steps.flatMap(step => text(step.uses) ?? []),
  }
}

function readService(service: Fields): Service {
  const env = Object.entries(fields(service.env)).map(([name, value]) => [name, String(value)])
  return { image: text(service.image) ?? '', env: Object.fromEntries(env), ports: list(service.ports) }
}

/** A mapping, empty for anything else. */
export function fields(value: unknown): Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : {}
}

/** A list of texts; one value alone is a list of one. */
export function list(value: unknown): string[] {
  if (value === undefined || value === null) return []
  return (Array.isArray(value) ? value : [value]).map(String)
}

export function text(value: unknown): string | undefined {
  return value === undefined || value === null ? undefined : String(value)
}
