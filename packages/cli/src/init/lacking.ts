import { tableOf } from '@tokenledger/python-project'
import type { Adopter } from './adopter.ts'

/** The job of ci.yml that starts a tool, and the finding whose reason says where the tool is. */
const TOOLS = [
  { job: 'lint', tool: 'ruff', finding: 'lint-extras' },
  { job: 'type-check', tool: 'mypy', finding: 'types-extras' },
  { job: 'test', tool: 'pytest', finding: 'test-extras' },
] as const

/** For what ci.yml will fail as the project is now, and the remedy: choices of the project, which are not made for it. */
export function lacking({ project, findings }: Adopter): string[] {
  const { isProject, groups, groupsFrom, document, dynamic } = project.pyproject
  const lines = TOOLS.filter(({ finding }) => findings[finding].reason.startsWith('no extra or group')).map(
    ({ job, tool }) =>
      `${job} will fail, as no extra or dependency group has ${tool}: uv add --dev ${tool}, or leave the job out in ci.yml by "with: { skip: ${job} }".`,
  )
  if (!isProject)
    lines.push(
      'Every job that installs the project will fail, as there is no [project] table, which uv reads: move what [tool.poetry] says there.',
    )
  else if (groupsFrom === 'tool.poetry' && Object.keys(groups).length > 0)
    lines.push('uv does not know the groups of [tool.poetry]: move them to [dependency-groups].')
  const table = tableOf(document.project)
  if (isProject && findings['has-package'].value && !('readme' in table) && !dynamic.includes('readme'))
    lines.push('build will fail, as PyPI would show no description: add readme = "README.md" to [project].')
  return lines
}
