import { Step } from './step.ts'
import { isOurs, parseUses, type Uses } from './uses.ts'
import { openYaml, YamlItem } from './yaml-item.ts'

export interface Job {
  readonly id: string
  readonly item: YamlItem
  readonly workflow: Workflow
  /** The workflow that the job calls, if it does nothing else. */
  readonly uses: Uses | undefined
  readonly needs: readonly string[]
  readonly steps: readonly Step[]
}

export interface Workflow {
  readonly path: string
  /** The last part of the path, as the `uses:` of a caller and the API name it. */
  readonly file: string
  readonly root: YamlItem
  readonly name: string
  /** What starts it, with its settings. */
  readonly events: ReadonlyMap<string, YamlItem>
  readonly jobs: readonly Job[]
}

export interface CompositeAction {
  readonly path: string
  readonly root: YamlItem
  readonly steps: readonly Step[]
}

export function readWorkflow(path: string, text: string): Workflow {
  const root = YamlItem.root(openYaml(path, text))
  const jobs: Job[] = []
  const name = root.get('name')?.text || path
  const file = path.split('/').at(-1) ?? path
  const workflow: Workflow = { path, file, root, name, events: readEvents(root.get('on')), jobs }
  for (const [id, item] of root.get('jobs')?.entries() ?? []) jobs.push(readJob(id, item, workflow))
  return workflow
}

/** A description of an action; one that is not composite has no steps. */
export function readAction(path: string, text: string): CompositeAction {
  const root = YamlItem.root(openYaml(path, text))
  const steps = root.get('runs', 'steps')?.elements() ?? []
  return { path, root, steps: steps.map(item => new Step(item)) }
}

function readEvents(on: YamlItem | undefined): Map<string, YamlItem> {
  if (!on) return new Map()
  if (on.isMap) return new Map(on.entries())
  return new Map(on.elements().map(event => [event.text, event]))
}

function readJob(id: string, item: YamlItem, workflow: Workflow): Job {
  const uses = item.get('uses')?.text
  return {
    id,
    item,
    workflow,
    uses: uses ? parseUses(uses) : undefined,
    needs: (item.get('needs')?.elements() ?? []).map(({ text }) => text),
    steps: (item.get('steps')?.elements() ?? []).map(step => new Step(step)),
  }
}

/** Whether a workflow that has only this suite's file name is called, such as `release-prepare.yml`. */
export function callsOurs(job: Job, file: string): boolean {
  return (
    job.uses !== undefined && isOurs(job.uses) && 'path' in job.uses && job.uses.path.endsWith(`/${file}`)
  )
}
