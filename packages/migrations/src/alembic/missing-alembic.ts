import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { type Pyproject, readPyproject } from '@tokenledger/python-project'
import type { ProjectPlace } from '../tool.ts'

/** The failure of a Python without Alembic, with the extra or group of pyproject.toml that would bring it. */
export async function missingAlembic(
  { root, workingDirectory }: ProjectPlace,
  { python, missing }: { readonly python: string; readonly missing: string },
): Promise<string> {
  const directory = resolve(root, workingDirectory)
  const remedy = existsSync(join(directory, 'pyproject.toml'))
    ? remedyOf(await readPyproject(directory))
    : 'Install alembic in the step before this one'
  return `Alembic cannot be imported by ${python} (${missing}). ${remedy}.`
}

/** What to install: the dependencies, an extra, a group, or Alembic itself when no list names it. */
export function remedyOf({ dependencies, extras, groups }: Pyproject): string {
  if (dependencies.some(isAlembic)) {
    return 'It is one of the dependencies in pyproject.toml: run setup-uv-python before this step'
  }
  const extra = Object.keys(extras).find(name => extras[name]?.some(isAlembic))
  if (extra)
    return `Install the extra "${extra}": setup-uv-python with extras: ${extra}, or uv sync --extra ${extra}`
  const group = Object.keys(groups).find(name => groups[name]?.some(isAlembic))
  if (group)
    return `Install the group "${group}": setup-uv-python with groups: ${group}, or uv sync --group ${group}`
  return 'No list in pyproject.toml names alembic: add it to an extra or a group and install that'
}

function isAlembic(requirement: unknown): boolean {
  return typeof requirement === 'string' && /^alembic(?![\w.-]*\w)/i.test(requirement.trim())
}
