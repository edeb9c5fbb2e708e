import { githubClient } from '@tokenledger/github'
import { annotate, gitAt, info, setOutput, UserError, warning, writeSummary } from '@tokenledger/kit'
import { packageName } from '@tokenledger/python-project'
import { tagFormat } from '@tokenledger/versioning'
import { deliverCommit, deliverFiles, deliverPullRequest } from './deliver.ts'
import { type BumpInputs, maskToken, readInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { outputsOf } from './outputs.ts'
import { type Plan, planBump } from './plan.ts'
import { projectFiles, requireClean } from './project-files.ts'
import { summaryParts, verdict } from './summary.ts'
import { readSurroundings, refuseToWrite } from './surroundings.ts'
import { tagMerged } from './tag-merged.ts'

/** Bumps the version, or tags the one that was merged; outputs and summary also when it fails. */
export async function main(): Promise<void> {
  const known: Known = { warnings: [] }
  maskToken()
  const inputs = readInputs(process.env)
  try {
    await bump(inputs, known)
  } catch (error) {
    if (!(error instanceof UserError)) throw error
    known.failure = error.message
    annotate(error.message.split('\n').map(message => ({ level: 'error', title: 'Version bump', message })))
    process.exitCode = 1
  }
  for (const text of known.warnings) warning(text)
  for (const [name, value] of Object.entries(outputsOf(known))) setOutput(name, value)
  if (inputs.summary) await writeSummary(summaryParts(known, inputs))
  info(verdict(known, inputs))
}

async function bump(inputs: BumpInputs, known: Known): Promise<void> {
  const at = readSurroundings(process.env, inputs)
  refuseToWrite(inputs, at)
  const git = gitAt(inputs.workspace, { serverUrl: at.serverUrl, token: inputs.token || undefined })
  const files = await projectFiles(git, inputs.workspace)
  const format = tagFormat(inputs.tagFormat, packageName(files.read, inputs.folder))
  const client = githubClient({ token: inputs.token, apiUrl: at.apiUrl })
  if (inputs.mode === 'tag') return tagMerged(git, files, client, format, inputs, at, known)
  if (inputs.mode !== 'files') await requireClean(git)

  const plan = await planBump(git, files, inputs, format, at, new Date())
  known.plan = plan
  sayPlan(plan)
  if (plan.kind === 'nothing') return
  known.warnings.push(...plan.warnings)
  judgeDrift(plan, inputs, known)
  if (inputs.dryRun) return
  if (inputs.mode === 'pr') await deliverPullRequest(client, plan, inputs, at, known)
  else if (inputs.mode === 'commit') await deliverCommit(client, plan, inputs, at, known)
  else deliverFiles(plan, inputs, known)
}

function sayPlan(plan: Plan): void {
  const { current, past } = plan
  info(`Version ${current.text}, from ${current.reason}.`)
  const since = past.previous ? `since ${past.previous.tag}` : 'before the first release'
  info(`${past.commits.length} commits ${since}${past.repaired ? ` (${past.repaired})` : ''}.`)
  if (plan.kind === 'nothing') {
    info(plan.next.reason)
    return
  }
  info(`${current.text} → ${plan.version.text}: ${plan.reason}`)
  for (const { path } of plan.edits) info(`  changes ${path}`)
}

function judgeDrift(
  { drift, current, version }: Extract<Plan, { kind: 'bump' }>,
  inputs: BumpInputs,
  known: Known,
): void {
  const [first] = drift
  if (!first) return
  const places = drift.slice(0, 5).map(({ path, line }) => `${path}:${line}`)
  const more = drift.length > places.length ? ` and ${drift.length - places.length} more` : ''
  const text = `${drift.length} ${drift.length === 1 ? 'place says' : 'places say'} an old version and would not be changed from ${current.text} to ${version.text}: ${places.join(', ')}${more}`
  if (inputs.drift === 'error') {
    throw new UserError(
      `BUMP_DRIFT: ${text}; change them by hand, name them in [tool.bumpversion], or set drift: warn`,
    )
  }
  known.warnings.push(`${text}.`)
}
