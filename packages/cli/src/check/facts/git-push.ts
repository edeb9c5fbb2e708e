import type { Job } from '../model/workflow.ts'
import type { Match } from '../model/yaml-item.ts'

export const GIT_PUSH = /\bgit (?:-[cC] ?\S+ )*push\b[^\n]*/

const NAMED = /\bpush\b[^\n]*?(?:[\s:]|refs\/heads\/)(?:main|master)(?=[\s"']|$)|\bpush\b[^\n]*default_branch/
/** No branch and no remote; `--tags` alone pushes no branch. */
const BARE = /\bpush(?:\s+(?!--tags\b)-[\w-]+)*\s*$/
const OTHER_BRANCH = /\bgit (?:checkout|switch) [^\n]*(?:-[bcBC]\b|--orphan|--create)/

/** The pushes of a job that go to the default branch: by its name, or as the branch that the run is at. */
export function pushesToDefault(job: Job): Match[] {
  const stays = startedByDefault(job) && !job.steps.some(step => step.says(OTHER_BRANCH))
  const pushes = job.steps.flatMap(step => step.commands(GIT_PUSH))
  return pushes.filter(({ match: [command] }) => NAMED.test(command) || (stays && BARE.test(command)))
}

function startedByDefault({ workflow }: Job): boolean {
  const branches = workflow.events.get('push')?.get('branches')?.elements() ?? []
  return branches.some(({ text }) => text === 'main' || text === 'master')
}

/** Whether a job pushes tags beside what else it pushes. */
export function pushesTags(command: string): boolean {
  return /--tags|--follow-tags|--mirror|refs\/tags\//.test(command)
}
