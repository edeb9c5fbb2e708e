import { parse } from 'yaml'
import type { GitStore } from './git-store.ts'

export interface Triggers {
  /** The inputs that `workflow_dispatch` declares; undefined without this trigger. */
  readonly workflow_dispatch:
    | { readonly inputs: Readonly<Record<string, { required?: boolean }>> }
    | undefined
}

/** What starts a workflow, by its file at a commit; a file that is not there is started by nothing. */
export function triggersAt(git: GitStore, sha: string, workflow: string): Triggers {
  const text = git.try('show', `${sha}:.github/workflows/${workflow}`) ?? ''
  const { on } = (parse(text) ?? {}) as { on?: unknown }
  const names = typeof on === 'string' ? [on] : Array.isArray(on) ? on : Object.keys(on ?? {})
  if (!names.includes('workflow_dispatch')) return { workflow_dispatch: undefined }
  const details = (on as { workflow_dispatch?: { inputs?: object } | null }).workflow_dispatch
  return { workflow_dispatch: { inputs: { ...details?.inputs } } }
}
