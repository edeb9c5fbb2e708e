import { readFileSync } from 'node:fs'
import { parse } from 'yaml'
import type { ReadCalled } from '../workflows/expected-jobs.ts'
import { fields, type Workflow } from '../workflows/workflow.ts'

/** What a job asks for its OIDC token with. */
const IDENTITY = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN']

/**
 * The jobs that have `id-token: write`, by the file of their workflow, which is there for every workflow that is reached. A job of
 * a called workflow has at most what the job that calls it has, and all of that when nothing else is written.
 */
export function jobsWithIdentity(
  workflows: readonly Workflow[],
  readCalled: ReadCalled,
): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>()
  const visit = (workflow: Workflow, given: boolean, isCalled: boolean) => {
    const content = fields(parse(readFileSync(workflow.file, 'utf8')))
    const jobs = found.get(workflow.file) ?? new Set()
    found.set(workflow.file, jobs)
    for (const job of workflow.jobs) {
      const declared = fields(fields(content.jobs)[job.id]).permissions ?? content.permissions
      const may = declared === undefined ? given : grantsIdentity(declared) && (given || !isCalled)
      if (job.uses) visit(readCalled(job.uses), may, true)
      else if (may) jobs.add(job.id)
    }
  }
  for (const workflow of workflows) visit(workflow, false, false)
  return found
}

function grantsIdentity(permissions: unknown): boolean {
  return permissions === 'write-all' || fields(permissions)['id-token'] === 'write'
}

/** A job that is told of no identity. */
export function withoutIdentity(job: Readonly<Record<string, unknown>>): object {
  return { ...job, env: { ...fields(job.env), ...Object.fromEntries(IDENTITY.map(name => [name, ''])) } }
}
