import { isTable, parseToml, tableOf } from '../toml.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface RuffFindings {
  readonly 'ruff-config': Finding<string>
  readonly 'ruff-paths': Finding<readonly string[]>
}

/** Where ruff is configured (its own order: `.ruff.toml`, `ruff.toml`, pyproject.toml) and what to check. */
export function ruffFindings(
  { pyproject, checkout }: Project,
  sources: readonly string[],
  tests: readonly string[],
): RuffFindings {
  const file = ['.ruff.toml', 'ruff.toml'].find(name => checkout.files.includes(name))
  const settings = file ? parseToml(checkout.text(file) ?? '', file) : pyproject.tool.ruff
  const config = file
    ? found(file, 'ruff prefers it to pyproject.toml')
    : isTable(settings)
      ? found('pyproject.toml', '[tool.ruff]')
      : found('', "no ruff.toml and no [tool.ruff]: ruff's defaults hold")
  return { 'ruff-config': config, 'ruff-paths': paths('include' in tableOf(settings), sources, tests) }
}

function paths(
  includes: boolean,
  sources: readonly string[],
  tests: readonly string[],
): Finding<readonly string[]> {
  if (includes) return found(['.'], 'the configuration says by include what to check')
  const ours = [...new Set([...sources, ...tests])]
  return ours.length > 0
    ? found(ours, 'the package and its tests')
    : found(['.'], 'neither a package nor tests: everything')
}
