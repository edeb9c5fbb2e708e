import { stringOf, tableOf } from '@tokenledger/python-project'
import { bumpSettings } from '../facts/bumpversion.ts'
import type { Rule } from '../finding.ts'
import type { Repository } from '../repository.ts'

export const bumpversionCurrent: Rule = {
  id: 'bumpversion-current',
  level: 'error',
  why: 'The next version is counted from `current_version`, and the files are searched for it; when the tree has another, the bump fails half-way or goes back.',
  fix: 'Set `current_version` to the version of the tree, or remove it and keep one source of the version.',
  *find(repository) {
    const { pyproject } = repository
    const current = pyproject && bumpSettings(pyproject)?.currentVersion
    if (!pyproject || current === undefined) return
    for (const { version, where } of treeVersions(repository))
      if (version !== current)
        yield {
          at: pyproject.place('tool', 'bumpversion', 'current_version'),
          message: `current_version is ${current}, but ${where} says ${version}`,
        }
  },
}

interface TreeVersion {
  readonly version: string
  readonly where: string
}

/** The version as the build reads it: static, by hatch's path, or else in the files that the settings name. */
function treeVersions({ pyproject, read }: Repository): TreeVersion[] {
  if (!pyproject) return []
  const { project, tool } = pyproject.table
  const fixed = stringOf(tableOf(project).version) ?? stringOf(tableOf(tableOf(tool).poetry).version)
  if (fixed !== undefined) return [{ version: fixed, where: 'project.version' }]
  const hatch = stringOf(tableOf(tableOf(tableOf(tool).hatch).version).path)
  const named = (bumpSettings(pyproject)?.files ?? []).map(({ filename }) => filename)
  const paths = hatch === undefined ? named : [hatch]
  return [...new Set(paths)].flatMap(path => {
    const version = /^(?:__version__|VERSION)\s*(?::\s*\w+\s*)?=\s*["']([^"']+)["']/m.exec(
      read(path) ?? '',
    )?.[1]
    return version === undefined ? [] : [{ version, where: path }]
  })
}
