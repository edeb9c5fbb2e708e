import { pushesTags, pushesToDefault } from '../facts/git-push.ts'
import { allJobs } from '../facts/steps.ts'
import type { Rule } from '../finding.ts'
import type { Repository } from '../repository.ts'

export const pushToDefaultBranch: Rule = {
  id: 'push-to-default-branch',
  level: 'warning',
  why: 'Branch protection refuses a push without a pull request (GH006); with `--tags` the tag may land while the branch is refused, and every further run then dies of a tag that exists.',
  fix: 'Open a pull request with the commit, and tag its merge commit: `version-bump.yml` of tokenledger-actions does both.',
  *find(repository) {
    const guarded = requiresPullRequest(repository)
    for (const job of allJobs(repository))
      for (const { at, match } of pushesToDefault(job)) {
        const rule = guarded ? `, which ${guarded} closes for pushes` : ''
        const atomic = pushesTags(match[0]) && !match[0].includes('--atomic')
        yield {
          at,
          level: guarded ? 'error' : 'warning',
          message: `pushes to the default branch${rule}${atomic ? ', and not atomically' : ''}`,
        }
      }
  },
}

/** The ruleset that asks for pull requests on the default branch. */
function requiresPullRequest({ rulesets }: Repository): string | undefined {
  return rulesets.find(ruleset => {
    const rules = ruleset.get('rules')?.elements() ?? []
    const on = ruleset.get('conditions', 'ref_name', 'include')?.elements() ?? []
    return (
      ruleset.get('target')?.text !== 'tag' &&
      rules.some(rule => rule.get('type')?.text === 'pull_request') &&
      on.some(({ text }) => /^~DEFAULT_BRANCH$|^~ALL$|refs\/heads\/(?:main|master)$/.test(text))
    )
  })?.file.path
}
