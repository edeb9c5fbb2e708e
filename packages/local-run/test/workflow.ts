import type { Job, Workflow } from '../src/workflows/workflow.ts'

/** A job with what a test says about it, and nothing else. */
export function job(id: string, fields: Partial<Job> = {}): Job {
  return {
    id,
    name: undefined,
    condition: undefined,
    needs: [],
    uses: undefined,
    inputs: {},
    matrix: undefined,
    services: {},
    runsOn: ['ubuntu-latest'],
    mayFail: false,
    actions: [],
    ...fields,
  }
}

export function workflow(name: string, jobs: Job[], on: Record<string, unknown> = { push: null }): Workflow {
  return { file: `${name}.yml`, name, on, jobs }
}
