import type { Job } from '../model/workflow.ts'
import type { YamlItem } from '../model/yaml-item.ts'

/** The permissions that hold for a job: its own, or else those of its workflow. */
export function permissionsOf(job: Job): YamlItem | undefined {
  return job.item.get('permissions') ?? job.workflow.root.get('permissions')
}

export type Right = 'none' | 'read' | 'write'

/** What is granted for one scope; undefined where nothing is said, and the settings of the repository decide. */
export function rightOf(permissions: YamlItem | undefined, scope: string): Right | undefined {
  if (!permissions) return undefined
  if (permissions.text === 'write-all') return 'write'
  if (permissions.text === 'read-all') return scope === 'id-token' ? 'none' : 'read'
  const text = permissions.get(scope)?.text
  return text === 'write' || text === 'read' ? text : 'none'
}
