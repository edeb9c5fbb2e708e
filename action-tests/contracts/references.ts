import { existsSync } from 'node:fs'
import { join } from 'node:path'
import {
  type Action,
  type Job,
  readYaml,
  root,
  type Step,
  type Workflow,
  type YamlFile,
} from './yaml-files.ts'

/** Breaches between files: what is called, what it takes, what it gives. One sentence per breach. */
export function workflowReferences({ path, content }: YamlFile<Workflow>): string[] {
  const jobs = Object.entries(content.jobs)
  return [
    ...jobs.flatMap(([id, job]) => jobReferences(id, job, content)),
    ...Object.entries(content.on.workflow_call?.outputs ?? {}).flatMap(([name, { value }]) =>
      missing(
        /jobs\.([\w-]+)\.outputs\.([\w-]+)/g,
        value,
        (job, output) => output in (content.jobs[job]?.outputs ?? {}),
      ).map(target => `output ${name} takes ${target}, which is not there`),
    ),
    ...unknownInputs(
      JSON.stringify(content),
      Object.keys(content.on.workflow_call?.inputs ?? {}),
      'workflow_call' in content.on,
    ),
  ].map(breach => `${path}: ${breach}`)
}

export function actionReferences({ path, content }: YamlFile<Action>): string[] {
  if (content.runs.using !== 'composite') return []
  const steps = content.runs.steps ?? []
  const text = JSON.stringify({ steps, outputs: content.outputs })
  return [
    ...stepReferences(steps, text),
    ...unknownInputs(text, Object.keys(content.inputs ?? {}), true),
    ...Object.keys(content.inputs ?? {})
      .filter(name => !text.includes(`inputs.${name} `))
      .map(name => `input ${name} is not used`),
  ].map(breach => `${path}: ${breach}`)
}

function jobReferences(id: string, job: Job, workflow: Workflow): string[] {
  const needs = [job.needs ?? []].flat()
  const text = JSON.stringify(job)
  const given = (need: string, output: string) =>
    needs.includes(need) && output in (workflow.jobs[need]?.outputs ?? {})
  return [
    ...needs.filter(need => !(need in workflow.jobs)).map(need => `needs ${need}, which is no job`),
    ...missing(/needs\.([\w-]+)\.outputs\.([\w-]+)/g, text, given).map(
      target => `takes ${target}, which is not there`,
    ),
    ...stepReferences(job.steps ?? [], text),
  ].map(breach => `job ${id}: ${breach}`)
}

function stepReferences(steps: readonly Step[], text: string): string[] {
  const byId = new Map(steps.map(step => [step.id, step]))
  const gives = (id: string, output: string) => {
    const step = byId.get(id)
    if (!step) return false
    // What a third-party action or a script sets is not written down here; the own contract is.
    if (!step.uses?.startsWith('$/')) return true
    return output in (readTarget(step.uses)?.outputs ?? {})
  }
  return [
    ...missing(/steps\.([\w-]+)\.outputs\.([\w-]+)/g, text, gives).map(
      target => `takes ${target}, which is not there`,
    ),
    ...steps.filter(step => step.uses?.startsWith('$/')).flatMap(callBreaches),
  ]
}

function callBreaches({ uses = '', with: given = {} }: Step): string[] {
  const target = readTarget(uses)
  if (!target) return [`${uses} does not exist`]
  const inputs = target.inputs ?? {}
  return [
    ...Object.keys(given)
      .filter(name => !(name in inputs))
      .map(name => `${uses} has no input ${name}`),
    ...Object.entries(inputs)
      .filter(([name, input]) => input.required && !(name in given))
      .map(([name]) => `${uses} is not given its required input ${name}`),
  ]
}

function readTarget(uses: string): Action | undefined {
  const path = `${uses.slice('$/'.length)}/action.yml`
  return existsSync(join(root, path)) ? readYaml<Action>(path).content : undefined
}

function unknownInputs(text: string, known: readonly string[], hasInputs: boolean): string[] {
  const used = new Set([...text.matchAll(/\binputs\.([\w-]+)/g)].map(match => match[1] ?? ''))
  return hasInputs
    ? [...used].filter(name => !known.includes(name)).map(name => `inputs.${name} is not declared`)
    : []
}

function missing(
  pattern: RegExp,
  text: string | undefined,
  there: (owner: string, output: string) => boolean,
): string[] {
  return [...(text ?? '').matchAll(pattern)]
    .filter(([, owner = '', output = '']) => !there(owner, output))
    .map(([target]) => target)
}
