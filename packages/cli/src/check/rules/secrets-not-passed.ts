import { calleeOf } from '../facts/calls.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule, Spot } from '../finding.ts'
import type { Job, Workflow } from '../model/workflow.ts'

export const secretsNotPassed: Rule = {
  id: 'secrets-not-passed',
  level: 'error',
  why: 'A called workflow gets only the secrets that its caller passes on; any other is an empty text there, without a word.',
  fix: 'Declare it under `on.workflow_call.secrets` of the called workflow and pass it by `secrets:` of the calling job.',
  *find(repository) {
    for (const job of allJobs(repository)) {
      const callee = calleeOf(job, repository)
      if (callee && job.item.get('secrets')?.text !== 'inherit') yield* lacking(job, callee)
    }
  },
}

function* lacking({ id, item }: Job, { file, root, events }: Workflow): Iterable<Spot> {
  const passed = new Set((item.get('secrets')?.entries() ?? []).map(([name]) => name))
  const declared = new Map(events.get('workflow_call')?.get('secrets')?.entries() ?? [])
  const used = new Set(root.find(/\bsecrets\.([A-Za-z_][\w-]*)/).map(({ match }) => match[1] ?? ''))
  const needed = [...used].filter(name => name !== 'GITHUB_TOKEN' && name !== 'github_token')
  for (const name of new Set([...needed, ...declared.keys()])) {
    const optional = declared.has(name) && declared.get(name)?.get('required')?.value !== true
    if (!passed.has(name) && !optional)
      yield {
        at: (item.get('uses') ?? item).place,
        message: `job ${id} does not pass secret ${name}, which ${file} uses`,
      }
  }
  for (const [name, value] of item.get('secrets')?.entries() ?? [])
    if (!declared.has(name)) yield { at: value.place, message: `${file} declares no secret '${name}'` }
}
