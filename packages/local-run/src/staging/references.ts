import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { parse } from 'yaml'
import { readWorkflow, type Workflow } from '../workflows/workflow.ts'
import { readUses, type Uses } from './uses.ts'

export interface Trees {
  /** The staged copy of this repository. */
  readonly stage: string
  /** The copy of the user's checkout. */
  readonly checkout: string
}

export interface ThirdParty {
  readonly repository: string
  readonly path: string
  readonly ref: string
  /** The file that uses it. */
  readonly usedBy: string
}

export interface References {
  /** `owner/tokenledger-actions@ref`, for each way in which this repository is named. */
  readonly ours: ReadonlySet<string>
  readonly thirdParty: readonly ThirdParty[]
  /** Every workflow that will run, called ones included. */
  readonly workflows: readonly Workflow[]
}

/** Everything that the workflows can reach: what they call and use, and what that uses in turn. */
export function followReferences(trees: Trees, workflows: readonly Workflow[]): References {
  const ours = new Set<string>()
  const thirdParty = new Map<string, ThirdParty>()
  const reached: Workflow[] = []
  const seen = new Set<string>()

  const visitWorkflow = (workflow: Workflow) => {
    if (seen.has(workflow.file)) return
    seen.add(workflow.file)
    reached.push(workflow)
    for (const job of workflow.jobs) {
      if (job.uses) {
        note(job.uses, workflow.file)
        visitWorkflow(calledWorkflow(trees, job.uses, workflow.file))
      }
      for (const action of job.actions) visitAction(action, workflow.file)
    }
  }

  const visitAction = (text: string, usedBy: string) => {
    const uses = note(text, usedBy)
    const folder = folderOf(trees, uses, usedBy)
    const file = folder && ['action.yml', 'action.yaml'].map(name => join(folder, name)).find(existsSync)
    if (!file || seen.has(file)) return
    seen.add(file)
    for (const step of parse(readFileSync(file, 'utf8'))?.runs?.steps ?? []) {
      if (step?.uses) visitAction(String(step.uses), file)
    }
  }

  const note = (text: string, usedBy: string): Uses => {
    const uses = readUses(text)
    if (!uses)
      throw new UserError(`${usedBy} uses "${text}", which names no action; write owner/repository@ref.`)
    if (uses.kind === 'docker')
      throw new UserError(
        `${usedBy} uses ${uses.image}. A local run has no container engine: leave that job out by --job.`,
      )
    if (uses.kind === 'ours') ours.add(`${uses.repository}@${uses.ref}`)
    if (uses.kind === 'third-party') thirdParty.set(text, { ...uses, usedBy })
    return uses
  }

  workflows.forEach(visitWorkflow)
  return { ours, thirdParty: [...thirdParty.values()], workflows: reached }
}

/** The workflow that a job calls. A UserError when it lies in a repository that is not here. */
export function calledWorkflow(trees: Trees, text: string, usedBy: string): Workflow {
  const uses = readUses(text)
  const folder = uses && folderOf(trees, uses, usedBy)
  if (folder && existsSync(folder)) return readWorkflow(folder)
  if (folder) throw new UserError(`${usedBy} calls ${text}, but that workflow does not exist.`)
  throw new UserError(
    `${usedBy} calls ${text}. A workflow of another repository cannot be had without GitHub: leave that job out by --job.`,
  )
}

function folderOf({ stage, checkout }: Trees, uses: Uses, usedBy: string): string | undefined {
  if (uses.kind === 'ours') return join(stage, uses.path)
  if (uses.kind === 'same-repository') return join(usedBy.startsWith(stage) ? stage : checkout, uses.path)
  return undefined
}
