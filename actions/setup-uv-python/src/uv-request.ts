import { uvRequirement } from '@tokenledger/python-project'
import type { UvRequest } from '@tokenledger/tool-install'
import type { UvInputs } from './inputs.ts'
import type { Project } from './project.ts'

/** Which uv to get, and how: the input, else what the project asks for, else the version that this release knows. */
export function uvRequest(inputs: UvInputs, project: Project, python: string | undefined): UvRequest {
  const asked = inputs.version
    ? { specifier: inputs.version, reason: 'input uv-version' }
    : (uvRequirement(project.pyproject, project.uvToml, project.lock?.lock) ?? {
        specifier: '',
        reason: 'the default of this action',
      })
  const lockedWheels = project.lock?.lock.uv?.wheels
  return {
    ...asked,
    verify: inputs.verify,
    sources: inputs.sources,
    ...(inputs.checksum ? { checksum: inputs.checksum } : {}),
    ...(inputs.mirror ? { mirror: inputs.mirror } : {}),
    ...(inputs.githubToken ? { githubToken: inputs.githubToken } : {}),
    ...(lockedWheels ? { lockedWheels } : {}),
    ...(python ? { python } : {}),
  }
}
