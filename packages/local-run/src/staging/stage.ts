import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { type ExpectedJob, expectedJobs, type ReadCalled } from '../workflows/expected-jobs.ts'
import { type Selected, selectJob, withNeeds } from '../workflows/job-selection.ts'
import { triggeredWorkflows } from '../workflows/triggered.ts'
import { type Event, workflowsOf } from '../workflows/workflow.ts'
import { type CheckoutCopy, copyCheckout } from './checkout-copy.ts'
import { stageOurActions, yamlFiles } from './our-actions.ts'
import { calledWorkflow, followReferences, type Trees } from './references.ts'
import { stageStandIns } from './stand-ins.ts'
import { OUR_NAME, STAGED, STAGED_REF, withPlainReferences } from './uses.ts'

export interface StageOptions {
  /** Root of this repository. */
  readonly ours: string
  readonly checkout: string
  readonly event: Event
  /** Name of the tag that the run is at. */
  readonly tag?: string | undefined
  /** File name of the only workflow to run. */
  readonly workflow: string | undefined
  readonly job: string | undefined
  /** Where the copies go. */
  readonly folder: string
}

export interface Stage {
  readonly copy: CheckoutCopy
  readonly selected: readonly Selected[]
  readonly readCalled: ReadCalled
  /** What act is told of repositories: `owner/repository@ref` → folder. */
  readonly repositories: ReadonlyMap<string, string>
  readonly hasCheckoutStandIn: boolean
  /** Every `runs-on` label in use. */
  readonly labels: readonly string[]
}

/**
 * {@link stageAll}, with messages that name the user's files and not the copies.
 */
export async function stage(options: StageOptions): Promise<Stage> {
  const workflows = join(options.checkout, '.github', 'workflows')
  if (!existsSync(workflows))
    throw new UserError(`There is no ${workflows}. Add a workflow first, or give another checkout by --repo.`)
  try {
    return await stageAll(options)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    const { stage, checkout } = treesIn(options.folder)
    throw new UserError(error.message.replaceAll(checkout, options.checkout).replaceAll(stage, options.ours))
  }
}

function treesIn(folder: string): Trees {
  return { stage: join(folder, OUR_NAME), checkout: join(folder, 'checkout') }
}

/**
 * Copies this repository and the checkout to `folder` and finds the workflows that the event starts, with everything
 * they refer to. A UserError for what cannot run here.
 */
async function stageAll({ ours, checkout, event, tag, workflow, job, folder }: StageOptions): Promise<Stage> {
  const trees = treesIn(folder)
  await stageOurActions(ours, trees.stage)
  const copy = await copyCheckout(checkout, trees.checkout)
  await makeReferencesPlain(trees.checkout)
  const folderOfUser = join(checkout, '.github/workflows')
  const triggered = triggeredWorkflows(workflowsOf(trees.checkout), event, workflow, folderOfUser, tag)
  const readCalled: ReadCalled = uses => calledWorkflow(trees, uses, trees.checkout)
  const selected = job
    ? [selectJob(triggered, job, readCalled)]
    : triggered.map(each => ({ workflow: each, job: undefined }))
  const references = followReferences(trees, selected.map(onlyWantedJobs))
  const source = join(ours, 'action-tests', 'stand-ins')
  const standIns = await stageStandIns(source, references.thirdParty, join(folder, 'stand-ins'))
  const own = [...references.ours, `${STAGED}@${STAGED_REF}`].map(name => [name, trees.stage] as const)
  return {
    copy,
    selected,
    readCalled,
    repositories: new Map([...standIns, ...own]),
    hasCheckoutStandIn: [...standIns.keys()].some(name => name.startsWith('actions/checkout@')),
    labels: references.workflows.flatMap(({ jobs }) => jobs.flatMap(({ runsOn }) => runsOn)),
  }
}

/** The jobs of a selected workflow that will have a result. */
export function jobsOf({ workflow, job }: Selected, readCalled: ReadCalled): ExpectedJob[] {
  return expectedJobs(onlyWantedJobs({ workflow, job }), readCalled)
}

function onlyWantedJobs({ workflow, job }: Selected) {
  if (job === undefined) return workflow
  const wanted = withNeeds(workflow.jobs, job)
  return { ...workflow, jobs: workflow.jobs.filter(({ id }) => wanted.has(id)) }
}

async function makeReferencesPlain(checkout: string): Promise<void> {
  for (const folder of ['.github', 'actions'].map(name => join(checkout, name)).filter(existsSync)) {
    for (const file of await yamlFiles(folder)) {
      const text = await readFile(file, 'utf8')
      const plain = withPlainReferences(text)
      if (plain !== text) await writeFile(file, plain)
    }
  }
}
