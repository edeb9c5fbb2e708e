import { GIT_PUSH, pushesTags } from '../facts/git-push.ts'
import type { Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { Job, Workflow } from '../model/workflow.ts'
import type { Match } from '../model/yaml-item.ts'

const DISPATCH = /\bgh workflow run\b|\bactions\/workflows\/\S+\/dispatches\b|\brepos\/\S+\/dispatches\b/
const MAKES_TAG = /\bgit tag\b|\b(?:bump-my-version|bumpversion|cz|npm) [^\n]*(?:--tag|bump|version)/

export const tagStartsNothing: Rule = {
  id: 'tag-starts-nothing',
  level: 'error',
  why: 'What is pushed with GITHUB_TOKEN starts no workflow, so the release that waits for the tag never begins.',
  fix: 'Start it by `gh workflow run release.yml --ref "v$VERSION"` after the push (the workflow needs `workflow_dispatch:`, the job `actions: write`), or push with the token of a GitHub App.',
  *find({ workflows }) {
    const waiting = workflows.filter(listensToTags)
    for (const workflow of workflows) {
      const others = waiting.filter(other => other !== workflow)
      if (others.length === 0 || dispatches(workflow)) continue
      for (const push of workflow.jobs.flatMap(tagPushes))
        yield {
          at: push.at,
          message: `the tag pushed here does not start ${others.map(({ file }) => file).join(', ')}`,
        }
    }
  },
}

function listensToTags({ events }: Workflow): boolean {
  const push = events.get('push')
  return push?.get('tags') !== undefined || (events.has('create') && !push)
}

function dispatches({ jobs }: Workflow): boolean {
  return jobs.some(({ steps }) =>
    steps.some(
      step =>
        step.says(DISPATCH) || step.with('script')?.find(/createWorkflowDispatch|createDispatchEvent/).length,
    ),
  )
}

function tagPushes({ steps }: Job): Match[] {
  if (steps.some(ownToken)) return []
  const tagged = steps.some(step => step.says(MAKES_TAG))
  return steps.flatMap(step =>
    step.commands(GIT_PUSH).filter(({ match: [command] }) => {
      return pushesTags(command) || (tagged && /\bv?\$|\btag\b/.test(command))
    }),
  )
}

/** A checkout that leaves another token or a key in git's settings. */
function ownToken(step: Step): boolean {
  const token = step.with('token')?.text ?? ''
  return step.with('ssh-key') !== undefined || (token !== '' && !/GITHUB_TOKEN|github\.token/.test(token))
}
