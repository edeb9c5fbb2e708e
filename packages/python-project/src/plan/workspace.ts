import { isTable, stringsOf, tableOf } from '../toml.ts'
import { directoryOf, nameOf } from './checkout.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface WorkspaceFindings {
  readonly 'lock-file': Finding<string>
  readonly 'workspace-members': Finding<readonly string[]>
}

/** uv.lock (its own directory or, for a member of a workspace, above it) and the members of a uv workspace. */
export function workspaceFindings({ checkout, pyproject, lockFile }: Project): WorkspaceFindings {
  return {
    'lock-file': lockFile
      ? found(lockFile, lockFile.startsWith('../') ? 'of the workspace above' : 'beside pyproject.toml')
      : found('', 'no uv.lock here or above'),
    'workspace-members': members(checkout.files, tableOf(pyproject.tool.uv).workspace),
  }
}

function members(files: readonly string[], workspace: unknown): Finding<readonly string[]> {
  if (!isTable(workspace)) return found([], 'no [tool.uv.workspace]')
  const [included, excluded] = [stringsOf(workspace.members), stringsOf(workspace.exclude)].map(patterns =>
    patterns.map(asExpression),
  )
  const projects = files.filter(file => nameOf(file) === 'pyproject.toml').map(directoryOf)
  const ours = projects.filter(
    path => included?.some(pattern => pattern.test(path)) && !excluded?.some(pattern => pattern.test(path)),
  )
  return found(ours, '[tool.uv.workspace] members; set working-directory to check one of them')
}

/** uv's member patterns: `*` stays within one directory, `**` does not. */
function asExpression(pattern: string): RegExp {
  const source = pattern
    .replace(/^\.\//, '')
    .replace(/\/$/, '')
    .split(/(\*\*\/?|\*|\?)/)
    .map(part => {
      if (part.startsWith('**')) return '.*'
      if (part === '*') return '[^/]*'
      return part === '?' ? '[^/]' : part.replace(/[.+^${}()|[\]\\]/g, '\\$&')
    })
  return new RegExp(`^${source.join('')}$`)
}
