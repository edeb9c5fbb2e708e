import { GIT_PUSH } from '../facts/git-push.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'

const NEEDS_GIT =
  /\bgit (?:fetch|pull|ls-remote|submodule|lfs)\b|\bmkdocs gh-deploy\b|\bmike (?:deploy|delete|alias|set-default)\b|\bghp-import\b|\bsemantic-release\b|\bcz bump\b/

export const persistedCredentials: Rule = {
  id: 'persisted-credentials',
  level: 'warning',
  why: "The checkout leaves the token in git's settings, where every later step of the job, and an artifact of the folder, can read it.",
  fix: 'Add `persist-credentials: false` under `with:`.',
  *find(repository) {
    for (const { steps } of allJobs(repository)) {
      // Who pushes by git needs the token there.
      if (steps.some(step => step.says(GIT_PUSH) || step.says(NEEDS_GIT) || commits(step))) continue
      for (const step of steps)
        if (step.action === 'actions/checkout' && keepsToken(step))
          yield {
            at: (step.item.get('uses') ?? step.item).place,
            message: "the token stays in git's settings after this checkout",
          }
    }
  },
}

/** The action keeps it by default. Who writes `true` wants that; any other word means no. */
function keepsToken(step: Step): boolean {
  return !step.with('persist-credentials')?.text
}

function commits(step: Step): boolean {
  return /(?:auto-commit|github-push|add-and-commit|gh-pages|pages-deploy|create-pull-request|commitizen|semantic-release|changesets)/.test(
    step.action,
  )
}
