import { readYaml, type Step, type Workflow } from './yaml-files.ts'

/** The reusable workflow as GitHub reads it. */
export const { content: ci } = readYaml<Workflow>('.github/workflows/ci.yml')
/** Every job but the gate, in the order of the file. */
export const everyJob = [
  'plan',
  'lint',
  'type-check',
  'test',
  'integration',
  'integration-after-checks',
  'security',
  'build',
  'dashboard',
  'coverage',
]

/** A step by the name that the log shows. */
export const step = (job: string, name: string): Step => {
  const found = ci.jobs[job]?.steps?.find(one => one.name === name)
  if (!found) throw new Error(`job ${job} has no step "${name}"`)
  return found
}
