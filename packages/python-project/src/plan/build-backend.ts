import type { Pyproject } from '../pyproject.ts'
import { tableOf } from '../toml.ts'
import { type Finding, found } from './finding.ts'
import type { Project } from './project.ts'

export interface BuildFindings {
  readonly 'has-package': Finding<boolean>
  readonly 'build-backend': Finding<string>
  readonly 'build-requires': Finding<readonly string[]>
}

/** Whether there is a distribution to build, and by what. */
export function buildFindings({ pyproject }: Project): BuildFindings {
  const { buildSystem } = pyproject
  return {
    'has-package': hasPackage(pyproject),
    'build-backend': buildSystem
      ? found(
          buildSystem.backend ?? 'setuptools.build_meta:__legacy__',
          buildSystem.backend
            ? '[build-system] build-backend'
            : '[build-system] without build-backend (PEP 517)',
        )
      : found('', 'no [build-system]'),
    'build-requires': found(
      buildSystem?.requires ?? [],
      buildSystem ? '[build-system] requires' : 'no [build-system]',
    ),
  }
}

function hasPackage({ buildSystem, tool, isProject, name }: Pyproject): Finding<boolean> {
  if (tableOf(tool.uv).package === false) return found(false, '[tool.uv] package = false')
  if (tableOf(tool.poetry)['package-mode'] === false)
    return found(false, '[tool.poetry] package-mode = false')
  if (!isProject && name === undefined)
    return found(false, 'neither [project] nor [tool.poetry] names a package')
  if (buildSystem) return found(true, '[build-system]')
  if (tableOf(tool.uv).package === true) return found(true, '[tool.uv] package = true')
  return found(false, 'no [build-system]: an application, not a package')
}
