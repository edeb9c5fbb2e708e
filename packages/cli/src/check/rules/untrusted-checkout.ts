import type { Place, Rule } from '../finding.ts'
import type { Step } from '../model/step.ts'
import type { YamlItem } from '../model/yaml-item.ts'

const TRIGGERS = ['pull_request_target', 'workflow_run', 'issue_comment']
const HEAD =
  /github\.event\.pull_request\.(?:head|merge_commit_sha)|github\.head_ref|github\.event\.workflow_run\.head_|refs\/pull\//
const HEAD_COMMAND =
  /\bgh pr checkout\b|\bgit (?:fetch|checkout|pull)\b[^\n]*(?:\bpull\/|head_ref|HEAD_REF|pull_request\.head)/

export const untrustedCheckout: Rule = {
  id: 'untrusted-checkout',
  level: 'error',
  why: 'The trigger runs with the secrets and rights of this repository, and the checked-out code is that of anyone who opens a pull request.',
  fix: 'Run the code of pull requests by `pull_request`, and leave its results as an artifact that a second workflow reads as data.',
  *find({ workflows }) {
    for (const { events, jobs } of workflows) {
      const trigger = TRIGGERS.find(name => events.has(name))
      if (!trigger) continue
      for (const step of jobs.filter(({ item }) => !ownCodeOnly(item)).flatMap(job => job.steps)) {
        const at = ownCodeOnly(step.item) ? undefined : headOf(step)
        if (at) yield { at, message: `checks out code of the pull request under \`${trigger}\`` }
      }
    }
  },
}

/** A condition that lets only branches of this repository in, whose authors may push anyway. */
function ownCodeOnly(item: YamlItem): boolean {
  const condition = item.get('if')?.text ?? ''
  return /head\.repo\.(?:full_name|fork|owner)|workflow_run\.event\s*==\s*'push'/.test(condition)
}

function headOf(step: Step): Place | undefined {
  if (step.action === 'actions/checkout') {
    const wanted = [step.with('ref'), step.with('repository')]
    return wanted.find(item => item && HEAD.test(item.text))?.place
  }
  return step.commands(HEAD_COMMAND)[0]?.at
}
