import { nameWithGaps } from '../../workflows/glob.ts'
import { calleeOf } from '../facts/calls.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { Workflow } from '../model/workflow.ts'
import type { Repository } from '../repository.ts'

export const artifactNotUploaded: Rule = {
  id: 'artifact-not-uploaded',
  level: 'error',
  why: 'A download waits for an artifact of the same run; one that no job of the run uploads ends the job.',
  fix: 'Use the name of the upload, or give `run-id` and `github-token` for an artifact of another run.',
  *find(repository) {
    for (const workflow of repository.workflows) {
      const names = uploadedNames(workflow, repository)
      if (!names) continue
      for (const step of workflow.jobs.flatMap(({ steps }) => steps)) {
        const name = step.with('name')
        if (step.action !== 'actions/download-artifact' || !name || step.with('run-id')) continue
        if (!name.text.includes('${{') && !names.some(uploaded => nameWithGaps(uploaded)(name.text)))
          yield { at: name.place, message: `no job of ${workflow.file} uploads an artifact '${name.text}'` }
      }
    }
  },
}

/** What uploads, with the name that it gives by itself. */
const DEFAULT_NAMES: Readonly<Record<string, string>> = {
  'actions/upload-artifact': 'artifact',
  'actions/upload-artifact/merge': 'merged-artifacts',
}

/** Undefined where a part of the run cannot be read from here, or where the workflow is a part of others' runs. */
function uploadedNames(workflow: Workflow, repository: Repository): string[] | undefined {
  if (workflow.events.has('workflow_call')) return undefined
  const names: string[] = []
  for (const job of workflow.jobs) {
    const callee = calleeOf(job, repository)
    if (job.uses && !callee) return undefined
    const steps = [...job.steps, ...(callee?.jobs.flatMap(inner => inner.steps) ?? [])]
    if (steps.some(mayUpload)) return undefined
    names.push(
      ...steps
        .filter(({ action }) => Object.hasOwn(DEFAULT_NAMES, action))
        .map(step => step.with('name')?.text ?? DEFAULT_NAMES[step.action] ?? ''),
    )
  }
  return names
}

/** Actions whose inside uploads too; what it names is not known here. */
function mayUpload(step: Step): boolean {
  return (
    step.uses?.kind === 'local' ||
    /tokenledger-actions|build-and-inspect|upload-pages|attest|sbom|sigstore|build-push/.test(step.action)
  )
}
