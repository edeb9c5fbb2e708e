import { uploadsToIndex } from '../facts/packages.ts'
import { permissionsOf, rightOf } from '../facts/permissions.ts'
import { codeIn } from '../facts/project-code.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

export const idTokenWithCode: Rule = {
  id: 'id-token-with-code',
  level: 'error',
  why: 'With `id-token: write` any code of the job can sign in to PyPI or a cloud as this workflow: a test, a build hook, or a dependency of either.',
  fix: 'Grant `id-token: write` only to a job that downloads the artifact and uploads it, and runs nothing of the project.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      if (rightOf(permissionsOf(job), 'id-token') !== 'write') continue
      const code = codeIn(job, repository)
      if (!code) continue
      const at = (code.item.get('run') ?? code.item.get('uses') ?? code.item).place
      // To attest what was just built is what many do with that right; an environment at the index keeps others out.
      const attests =
        rightOf(permissionsOf(job), 'attestations') === 'write' && !job.steps.some(uploadsToIndex)
      yield {
        at,
        level: attests ? 'warning' : 'error',
        message: `job ${job.id} runs code of the project and may sign in by its identity`,
      }
    }
  },
}
