import { relative, resolve } from 'node:path'
import { annotate, info, setOutput, writeSummary } from '@tokenledger/kit'
import { classifierWarnings, type Project, planOf, readProject } from '@tokenledger/python-project/plan'
import { readOverrides, readWorkingDirectory, wantsSummary } from './inputs.ts'
import { outputsOf } from './outputs.ts'
import { logLines, summaryParts } from './report.ts'

/** Reads a checkout, decides what its CI has to do, and says why. It starts no process and runs no code of the project. */
export async function main(): Promise<void> {
  const started = performance.now()
  const workspace = resolve(process.env.GITHUB_WORKSPACE ?? '.')
  const given = readWorkingDirectory()
  const withSummary = wantsSummary()
  const directory = resolve(workspace, given)
  const project = await readProject(directory, workspace, readOverrides)

  const findings = planOf(project)
  for (const [name, value] of Object.entries(outputsOf(findings))) setOutput(name, value)
  for (const line of logLines(findings)) info(line)
  annotate(warnings(project, workspace))
  if (withSummary) await writeSummary(summaryParts(findings, given))

  const { files, truncated } = project.checkout
  const limit = truncated ? ', deeper ones left out' : ''
  info(`${files.length} files listed${limit}, ${Math.round(performance.now() - started)} ms`)
}

function warnings(project: Project, workspace: string) {
  const file = relative(workspace, project.pyproject.path).replaceAll('\\', '/')
  return classifierWarnings(project, file, project.checkout.text('pyproject.toml') ?? '')
}
