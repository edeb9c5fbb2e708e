import { isOwnStep } from '../facts/packages.ts'
import { preparedByOurs, uploadsAtTag } from '../facts/releasing.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { Repository } from '../repository.ts'

const LOOKS = /--is-ancestor|\bgit branch [^\n]*--contains|\bmerge-base\b|\bcompare\//

export const tagBranchUnchecked: Rule = {
  id: 'tag-branch-unchecked',
  level: 'warning',
  why: 'A workflow of a tag is read from the tagged commit, and any commit of any branch can be tagged: whoever may push a tag can publish what nobody reviewed.',
  fix: 'End the run unless `git merge-base --is-ancestor "$GITHUB_SHA" origin/main`, and guard `v*` by a tag ruleset: `protect` plans one.',
  *find(repository) {
    if (tagsAreGuarded(repository)) return
    for (const workflow of repository.workflows) {
      const tags = workflow.events.get('push')?.get('tags')
      const steps = workflow.jobs.flatMap(job => job.steps)
      if (!tags || preparedByOurs(workflow) || uploadsAtTag(workflow).length === 0) continue
      if (!steps.some(looks))
        yield { at: tags.place, message: `${workflow.file} publishes a tag of any branch` }
    }
  },
}

function looks(step: Step): boolean {
  return step.says(LOOKS) || isOwnStep(step, 'changelog-release')
}

function tagsAreGuarded({ rulesets }: Repository): boolean {
  return rulesets.some(ruleset => ruleset.get('target')?.text === 'tag')
}
