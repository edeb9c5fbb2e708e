import { relative, resolve } from 'node:path'
import { annotate, info, setOutput, writeSummary } from '@tokenledger/kit'
import {
  classifierWarnings,
  type Findings,
  type Project,
  planOf,
  readProject,
} from '@tokenledger/python-project/plan'
import {
  readOverrides,
  readSkipUnaffected,
  readWorkingDirectory,
  type SkipUnaffected,
  wantsSummary,
} from './inputs.ts'
import { outputsOf } from './outputs.ts'
import { logLines, summaryParts, unaffectedLines } from './report.ts'

/**
 * Reads a checkout, decides what its CI has to do, and says why. It runs no code of the project, and starts no process but git,
 * for skip-unaffected.
 */
export async function main(): Promise<void> {
  const started = performance.now()
  const workspace = resolve(process.env.GITHUB_WORKSPACE ?? '.')
  const given = readWorkingDirectory()
  const withSummary = wantsSummary()
  const skipping = readSkipUnaffected()
  const directory = resolve(workspace, given)
  const project = await readProject(directory, workspace, readOverrides)

  const findings = planOf(project)
  for (const [name, value] of Object.entries(outputsOf(findings))) setOutput(name, value)
  for (const line of logLines(findings)) info(line)
  setOutput('unaffected', await unaffected(skipping, project, findings))
  annotate(warnings(project, workspace))
  if (withSummary) await writeSummary(summaryParts(findings, given))

  const { files, truncated } = project.checkout
  const limit = truncated ? ', deeper ones left out' : ''
  info(`${files.length} files listed${limit}, ${Math.round(performance.now() - started)} ms`)
}

/** JSON of the jobs that can be left out. What it takes to find them is loaded only when that is wanted. */
async function unaffected(skipping: SkipUnaffected | undefined, project: Project, findings: Findings) {
  if (!skipping) return '{}'
  const { findUnaffected } = await import('./find-unaffected.ts')
  const found = await findUnaffected({ project, findings, ...skipping }, process.env)
  for (const line of unaffectedLines(found)) info(line)
  return JSON.stringify('everything' in found ? {} : Object.fromEntries(found.unaffected))
}

function warnings(project: Project, workspace: string) {
  const file = relative(workspace, project.pyproject.path).replaceAll('\\', '/')
  return classifierWarnings(project, file, project.checkout.text('pyproject.toml') ?? '')
}
