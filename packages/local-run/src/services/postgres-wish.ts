import type { Job, Service, Workflow } from '../workflows/workflow.ts'

/** A PostgreSQL that a job's `services:` asks for. */
export interface PostgresWish {
  readonly job: string
  readonly service: string
  readonly image: string
  /** The port on this computer; undefined when the job leaves the choice to the runner. */
  readonly port: number | undefined
  readonly user: string
  readonly password: string
  readonly database: string
}

const PORT = 5432

/**
 * The databases that jobs of a workflow expect. `inputs` are what a calling job gives and what the workflow declares
 * as defaults; they fill `${{ inputs.… }}` in the service's settings.
 */
export function postgresWishes(workflow: Workflow, given: Readonly<Record<string, unknown>>): PostgresWish[] {
  const inputs = { ...declaredDefaults(workflow), ...given }
  return workflow.jobs.flatMap(job =>
    Object.entries(job.services)
      .filter(([name, service]) => isPostgres(name, filled(service.image, inputs)))
      .map(([name, service]) => wishOf(job, name, service, inputs)),
  )
}

/** What a job of a workflow, itself called with `given`, hands on to the workflow that it calls. */
export function handedOn(
  workflow: Workflow,
  given: Readonly<Record<string, unknown>>,
  job: Job,
): Record<string, unknown> {
  const inputs = { ...declaredDefaults(workflow), ...given }
  return Object.fromEntries(
    Object.entries(job.inputs).map(([name, value]) => [
      name,
      typeof value === 'string' ? filled(value, inputs) : value,
    ]),
  )
}

function isPostgres(name: string, image: string): boolean {
  return /postg|timescale|pgvector/i.test(image) || (image.includes('${{') && /postg|^db$/i.test(name))
}

function wishOf(
  job: Job,
  service: string,
  { image, env, ports }: Service,
  inputs: Record<string, unknown>,
): PostgresWish {
  const setting = (name: string) => filled(env[name] ?? '', inputs)
  const user = setting('POSTGRES_USER') || 'postgres'
  return {
    job: job.id,
    service,
    image: filled(image, inputs),
    port: hostPort(ports.map(port => filled(port, inputs))),
    user,
    password: setting('POSTGRES_PASSWORD'),
    database: setting('POSTGRES_DB') || user,
  }
}

/** `5433:5432` → 5433; `5432` alone lets the runner choose. */
function hostPort(ports: readonly string[]): number | undefined {
  const mapped = ports.map(port => /^(\d+):(\d+)/.exec(port)).find(match => Number(match?.[2]) === PORT)
  return mapped ? Number(mapped[1]) : undefined
}

function declaredDefaults({ on }: Workflow): Record<string, unknown> {
  const call = on.workflow_call as { inputs?: Record<string, { default?: unknown }> } | null | undefined
  return Object.fromEntries(
    Object.entries(call?.inputs ?? {}).map(([name, input]) => [name, input?.default ?? '']),
  )
}

function filled(text: string, inputs: Readonly<Record<string, unknown>>): string {
  return text.replace(/\$\{\{\s*inputs\.([\w-]+)\s*\}\}/g, (whole, name) =>
    name in inputs ? String(inputs[name]) : whole,
  )
}
