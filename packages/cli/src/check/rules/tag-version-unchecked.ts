import { isOwnStep } from '../facts/packages.ts'
import { preparedByOurs, uploadsAtTag } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { Repository } from '../repository.ts'

const TAG = /GITHUB_REF|github\.ref|\bgit describe\b|\$\{?(?:TAG|VERSION)\b/
const COMPARES = /==|!=|\bdiff\b|\bcmp\b|\bassert\b|\[\[? |-ne\b|-eq\b/

export const tagVersionUnchecked: Rule = {
  id: 'tag-version-unchecked',
  level: 'warning',
  why: 'Tag v1.4.0 on a tree that says 1.3.0 publishes 1.3.0 under the name of 1.4.0, or ends green with nothing published.',
  fix: 'Compare the tag with the version inside the built wheel and sdist before anything is uploaded: `phase: verify` of changelog-release does.',
  *find(repository) {
    if (versionComesFromTags(repository)) return
    for (const workflow of repository.workflows) {
      if (preparedByOurs(workflow)) continue
      const steps = workflow.jobs.flatMap(job => job.steps)
      const [upload] = uploadsAtTag(workflow)
      if (upload && !steps.some(compares))
        yield {
          at: upload.item.place,
          message: `nothing in ${workflow.file} compares the tag with the version that was built`,
        }
    }
  },
}

function compares(step: Step): boolean {
  if (isOwnStep(step, 'changelog-release')) return true
  const tagInEnv = (step.item.get('env')?.find(TAG).length ?? 0) > 0
  return (step.says(TAG) || tagInEnv) && step.says(COMPARES)
}

function versionComesFromTags({ pyproject }: Repository): boolean {
  return /\b(?:hatch-vcs|setuptools[-_]scm|poetry-dynamic-versioning|versioningit|pdm\.version|uv-dynamic-versioning)\b/.test(
    pyproject?.text ?? '',
  )
}
