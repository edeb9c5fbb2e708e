import { otherRef, ownPath, spotIn } from '../contract/calls.ts'
import { nearestHint } from '../contract/nearest.ts'
import { allJobs, allSteps } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'

const FOLDER = '.github/workflows/'

export const ownPartUnknown: Rule = {
  id: 'own-part-unknown',
  level: 'error',
  why: 'A step calls an action and a job calls a workflow; a path that is neither ends the run before its first step.',
  fix: 'Steps name a folder, `org/tokenledger-actions/actions/<name>@v1`, and jobs a file, `org/tokenledger-actions/.github/workflows/<name>.yml@v1`.',
  *find(repository) {
    const { ours } = repository
    if (!ours) return
    const actions = Object.keys(ours.actions)
    const workflows = Object.keys(ours.workflows).map(file => `${FOLDER}${file}`)
    const callers = [
      ...allSteps(repository).map(step => [step, actions, 'action'] as const),
      ...allJobs(repository).map(job => [job, workflows, 'workflow'] as const),
    ]
    for (const [{ item, uses }, known, kind] of callers) {
      const at = item.get('uses')
      const path = uses && ownPath(uses)
      if (!at || !uses || path === undefined || known.includes(path)) continue
      const message = `tokenledger-actions has no ${kind} '${path}'${nearestHint(path, known)}`
      yield spotIn({ otherRef: otherRef(uses, at) }, { at: at.place, message })
    }
  },
}
