import { readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import { annotate, info, setOutput, writeSummary } from '@tokenledger/kit'
import { readPyproject } from '@tokenledger/python-project'
import { findUpwards, readCheckout } from './checkout.ts'
import { readOverrides, readWorkingDirectory, wantsSummary } from './inputs.ts'
import { outputsOf } from './outputs.ts'
import { planOf } from './plan.ts'
import type { Project } from './project.ts'
import { classifierWarnings } from './pythons.ts'
import { logLines, summaryParts } from './report.ts'

/** Reads a checkout, decides what its CI has to do, and says why. It starts no process and runs no code of the project. */
export async function main(): Promise<void> {
  const started = performance.now()
  const workspace = resolve(process.env.GITHUB_WORKSPACE ?? '.')
  const given = readWorkingDirectory()
  const withSummary = wantsSummary()
  const directory = resolve(workspace, given)
  const project = await readProject(directory, workspace)

  const findings = planOf(project)
  for (const [name, value] of Object.entries(outputsOf(findings))) setOutput(name, value)
  for (const line of logLines(findings)) info(line)
  annotate(warnings(project, workspace))
  if (withSummary) await writeSummary(summaryParts(findings, given))

  const { files, truncated } = project.checkout
  const limit = truncated ? ', deeper ones left out' : ''
  info(`${files.length} files listed${limit}, ${Math.round(performance.now() - started)} ms`)
}

async function readProject(directory: string, workspace: string): Promise<Project> {
  const pyproject = await readPyproject(directory)
  const checkout = readCheckout(directory)
  const versionFile = findUpwards(directory, workspace, '.python-version')
  const lockFile = findUpwards(directory, workspace, 'uv.lock')
  return {
    checkout,
    pyproject,
    overrides: readOverrides(pyproject, checkout),
    ...(versionFile ? { pythonVersionFile: readFileSync(join(directory, versionFile), 'utf8') } : {}),
    ...(lockFile ? { lockFile } : {}),
  }
}

function warnings(project: Project, workspace: string) {
  const file = relative(workspace, project.pyproject.path).replaceAll('\\', '/')
  return classifierWarnings(project, file, project.checkout.text('pyproject.toml') ?? '')
}
