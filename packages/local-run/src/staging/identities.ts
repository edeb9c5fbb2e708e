import { readFileSync, writeFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import type { ReadCalled } from '../workflows/expected-jobs.ts'
import { fields, type Workflow } from '../workflows/workflow.ts'

/** What a job asks for its OIDC token with. */
const IDENTITY = ['ACTIONS_ID_TOKEN_REQUEST_URL', 'ACTIONS_ID_TOKEN_REQUEST_TOKEN']

/**
 * Takes the identity from every job (in the staged files) that has no `id-token: write`, since act knows no permissions. A job
 * of a called workflow has at most what the job that calls it has, and all of that when nothing else is written.
 */
export function withholdIdentities(workflows: readonly Workflow[], readCalled: ReadCalled): void {
  const mayIdentify = new Map<string, Set<string>>()
  const visit = (workflow: Workflow, given: boolean, isCalled: boolean) => {
    const content = fields(parse(readFileSync(workflow.file, 'utf8')))
    const granted = mayIdentify.get(workflow.file) ?? new Set()
    mayIdentify.set(workflow.file, granted)
    for (const job of workflow.jobs) {
      const declared = fields(fields(content.jobs)[job.id]).permissions ?? content.permissions
      const may = declared === undefined ? given : grantsIdentity(declared) && (given || !isCalled)
      if (job.uses) visit(readCalled(job.uses), may, true)
      else if (may) granted.add(job.id)
    }
  }
  for (const workflow of workflows) visit(workflow, false, false)
  for (const [file, jobs] of mayIdentify) withhold(file, jobs)
}

function grantsIdentity(permissions: unknown): boolean {
  return permissions === 'write-all' || fields(permissions)['id-token'] === 'write'
}

function withhold(file: string, may: ReadonlySet<string>): void {
  const content = parse(readFileSync(file, 'utf8'))
  const none = Object.fromEntries(IDENTITY.map(name => [name, '']))
  for (const [id, job] of Object.entries<Record<string, unknown>>(content.jobs)) {
    if (!job.uses && !may.has(id)) content.jobs[id] = { ...job, env: { ...fields(job.env), ...none } }
  }
  writeFileSync(file, stringify(content, { aliasDuplicateObjects: false, lineWidth: 0 }))
}
