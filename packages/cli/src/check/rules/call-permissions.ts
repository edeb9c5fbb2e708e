import { localCalls } from '../facts/calls.ts'
import { permissionsOf, rightOf } from '../facts/permissions.ts'
import type { Rule } from '../finding.ts'

const RANK = { none: 0, read: 1, write: 2 }

export const callPermissions: Rule = {
  id: 'call-permissions',
  level: 'error',
  why: 'A called job cannot have more rights than the job that calls it; asking for more ends the whole run at its start.',
  fix: 'Grant the right in `permissions:` of the calling job, or take it from the called one.',
  *find(repository) {
    for (const { job, callee } of localCalls(repository)) {
      const granted = permissionsOf(job)
      if (!granted) continue
      for (const inner of callee.jobs)
        for (const [scope, asked] of permissionsOf(inner)?.entries() ?? []) {
          const right = rightOf(granted, scope) ?? 'none'
          const wanted = asked.text === 'write' || asked.text === 'read' ? asked.text : 'none'
          if (RANK[wanted] > RANK[right])
            yield {
              at: (job.item.get('uses') ?? job.item).place,
              message: `job ${inner.id} of ${callee.file} asks for '${scope}: ${wanted}', but job ${job.id} grants '${scope}: ${right}'`,
            }
        }
    }
  },
}
