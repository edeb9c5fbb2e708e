import { makesRelease } from '../facts/packages.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'

export const releaseStartsNothing: Rule = {
  id: 'release-starts-nothing',
  level: 'error',
  why: 'A release that is published with GITHUB_TOKEN starts no workflow, so what waits for it never begins.',
  fix: 'Publish with the token of a GitHub App, or do what waits for the release in a job after it.',
  *find({ workflows }) {
    for (const workflow of workflows) {
      const waiting = workflows.filter(other => other !== workflow && other.events.has('release'))
      if (waiting.length === 0) continue
      for (const step of workflow.jobs.flatMap(({ steps }) => steps))
        if (makesRelease(step) && !isDraft(step) && !ownToken(step))
          yield {
            at: step.item.place,
            message: `the release made here does not start ${waiting.map(({ file }) => file).join(', ')}`,
          }
    }
  },
}

/** A draft is published by a person, and that does start workflows. */
function isDraft(step: Step): boolean {
  return (
    step.with('draft')?.text === 'true' ||
    step.says(/--draft|\bgh release upload\b/) ||
    step.with('phase') !== undefined
  )
}

function ownToken(step: Step): boolean {
  const tokens = [
    step.with('token'),
    step.with('github-token'),
    step.env('GITHUB_TOKEN'),
    step.env('GH_TOKEN'),
  ]
  return tokens.some(token => token && !/secrets\.GITHUB_TOKEN|github\.token/.test(token.text))
}
