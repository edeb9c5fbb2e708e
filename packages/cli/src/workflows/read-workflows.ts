import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { readWorkflow, type Workflow } from '../check/model/workflow.ts'

export const WORKFLOWS = '.github/workflows'

/** The workflows of a checkout, in the order of their names; none where there is no folder of them. */
export function readWorkflows(root: string): Workflow[] {
  const folder = join(root, WORKFLOWS)
  if (!existsSync(folder)) return []
  return readdirSync(folder)
    .filter(name => /\.ya?ml$/.test(name))
    .sort()
    .map(name => readWorkflow(`${WORKFLOWS}/${name}`, readFileSync(join(folder, name), 'utf8')))
}
