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
        .filter(({ action }) => action === 'actions/upload-artifact')
        .map(step => step.with('name')?.text ?? 'artifact'),
    )
  }
  return names
}

/** Actions whose inside uploads too; what it names is not known here. */
function mayUpload(step: Step): boolean {
  return (
    step.uses?.kind === 'local' ||
    /tokenledger-actions|build-and-inspect|upload-pages|attest/.test(step.action)
  )
}
