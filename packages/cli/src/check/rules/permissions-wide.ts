import type { Rule } from '../finding.ts'
import type { YamlItem } from '../model/yaml-item.ts'

export const permissionsWide: Rule = {
  id: 'permissions-wide',
  level: 'error',
  why: 'Every step of every job gets a token with these rights, tests and their dependencies included.',
  fix: 'Write `permissions: {}` at the top, and give each right to the one job that needs it, with a comment that says why.',
  *find({ workflows }) {
    for (const { root, jobs, file } of workflows) {
      const top = root.get('permissions')
      for (const permissions of [top, ...jobs.map(({ item }) => item.get('permissions'))])
        if (permissions?.text === 'write-all')
          yield { at: permissions.place, message: 'grants every right there is (write-all)' }
      const sharing = jobs.filter(({ item }) => !item.get('permissions'))
      if (!top?.isMap || sharing.length < 2) continue
      for (const [scope, right] of writes(top))
        yield {
          at: right.place,
          message: `${file} grants '${scope}: write' to ${sharing.length} jobs at once`,
        }
    }
  },
}

function writes(permissions: YamlItem): [string, YamlItem][] {
  return permissions.entries().filter(([, right]) => right.text === 'write')
}
