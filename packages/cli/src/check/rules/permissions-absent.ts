import type { Rule } from '../finding.ts'

export const permissionsAbsent: Rule = {
  id: 'permissions-absent',
  level: 'warning',
  why: 'Without `permissions:` the settings of the repository or organisation decide, and those may be write for everything.',
  fix: 'Write `permissions: {}` at the top, and in each job what it needs, such as `contents: read`.',
  *find({ workflows }) {
    for (const { root, jobs, file, events } of workflows) {
      // One that is only called takes the rights of the job that calls it.
      if (events.size === 1 && events.has('workflow_call')) continue
      const bare = jobs.filter(({ item }) => !item.get('permissions'))
      if (!root.get('permissions') && bare.length > 0)
        yield {
          at: (root.get('jobs') ?? root).place,
          message: `${file} says nothing of permissions for ${bare.map(({ id }) => id).join(', ')}`,
        }
    }
  },
}
