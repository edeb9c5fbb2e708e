import { readFileSync, writeFileSync } from 'node:fs'
import { parse, stringify } from 'yaml'
import type { ReadCalled } from '../workflows/expected-jobs.ts'
import { fields, type Workflow } from '../workflows/workflow.ts'
import { jobsWithIdentity, withoutIdentity } from './identities.ts'
import { withEmptyOutputs } from './skipped-outputs.ts'

/**
 * Changes the staged files of workflows, and of those that they call, where act is not as GitHub is: it knows no permissions, so
 * that every job would have an identity to show to others, and no empty outputs of skipped jobs.
 */
export function adaptWorkflows(workflows: readonly Workflow[], readCalled: ReadCalled): void {
  for (const [file, identified] of jobsWithIdentity(workflows, readCalled)) {
    const content = fields(withEmptyOutputs(parse(readFileSync(file, 'utf8'))))
    const jobs = Object.entries(fields(content.jobs)).map(([id, job]) => {
      const isLeft = 'uses' in fields(job) || identified.has(id)
      return [id, isLeft ? job : withoutIdentity(fields(job))]
    })
    const changed = { ...content, jobs: Object.fromEntries(jobs) }
    writeFileSync(file, stringify(changed, { aliasDuplicateObjects: false, lineWidth: 0 }))
  }
}
