import { readFileSync, writeFileSync } from 'node:fs'
import { UserError } from '@tokenledger/kit'
import { parse, stringify } from 'yaml'
import { displayName, type ExpectedJob, expectedJobs, type ReadCalled } from './expected-jobs.ts'
import type { Job, Workflow } from './workflow.ts'

/** A workflow to run, and the one of its own jobs to run when not all are wanted. */
export interface Selected {
  readonly workflow: Workflow
  readonly job: string | undefined
}

/**
 * Finds the job that the user named, by id or shown name, in the workflows and in those that they call. A job of a
 * called workflow is left alone in that (staged) file with what it needs, because act chooses among a caller's jobs only.
 * A UserError lists the jobs when the name fits none.
 */
export function selectJob(workflows: readonly Workflow[], name: string, readCalled: ReadCalled): Selected {
  for (const workflow of workflows) {
    const own = workflow.jobs.find(job => [job.id, job.name].includes(name))
    if (own) return { workflow, job: own.id }
  }
  const all = workflows.flatMap(workflow =>
    expectedJobs(workflow, readCalled).map(job => ({ workflow, job })),
  )
  const found = all.find(({ job }) => [job.id, job.name, displayName(job)].includes(name))
  const caller = found?.job.callers[0]
  if (!found || !caller)
    throw new UserError(
      unknownJob(
        name,
        all.map(({ job }) => job),
      ),
    )
  const called = found.job.callers.reduce<Workflow>((_, { uses = '' }) => readCalled(uses), found.workflow)
  keepJobs(called.file, withNeeds(called.jobs, found.job.id))
  return { workflow: found.workflow, job: caller.id }
}

/** A job's id and the ids of all jobs that it needs, directly or not. */
export function withNeeds(jobs: readonly Job[], id: string): Set<string> {
  const wanted = new Set([id])
  for (const each of wanted)
    for (const need of jobs.find(job => job.id === each)?.needs ?? []) wanted.add(need)
  return wanted
}

function keepJobs(file: string, ids: ReadonlySet<string>): void {
  const content = parse(readFileSync(file, 'utf8'))
  for (const id of Object.keys(content.jobs)) if (!ids.has(id)) delete content.jobs[id]
  // A kept job may have had an alias of a part of one that goes, so what is written has none.
  writeFileSync(file, stringify(content, { aliasDuplicateObjects: false }))
}

function unknownJob(name: string, jobs: readonly ExpectedJob[]): string {
  const names = [...new Set(jobs.map(({ id }) => id))].join(', ')
  return `There is no job "${name}" in the workflows that this event starts. Their jobs are: ${names || 'none'}.`
}
