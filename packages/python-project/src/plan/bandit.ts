import { isTable } from '../toml.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface BanditFindings {
  readonly 'bandit-config': Finding<string>
  readonly 'bandit-paths': Finding<readonly string[]>
}

const FILES = ['bandit.yaml', 'bandit.yml', '.bandit.yaml', '.bandit.yml', 'bandit.toml', '.bandit']

/** The file for bandit's `-c` (`.bandit` is for `--ini`) and what it scans: shipped code, not tests. */
export function banditFindings({ pyproject, checkout }: Project, sources: readonly string[]): BanditFindings {
  const file = FILES.find(name => checkout.files.includes(name))
  return {
    'bandit-config': isTable(pyproject.tool.bandit)
      ? found('pyproject.toml', '[tool.bandit]')
      : file
        ? found(file, 'at the top of the project')
        : found('', "no [tool.bandit] and no bandit.yaml: bandit's defaults hold"),
    'bandit-paths':
      sources.length > 0
        ? found(sources, 'the package, since tests are not shipped')
        : found([], 'no package to scan'),
  }
}
