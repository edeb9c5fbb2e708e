import type { Workflow } from '../check/model/workflow.ts'
import type { YamlItem } from '../check/model/yaml-item.ts'
import { branchFits } from './branch-pattern.ts'

/** Activities after which a pull request has new commits. */
const PUSHES = ['opened', 'synchronize']

/** Whether every pull request to a branch starts a workflow, and why not. */
export type PullRequestTrigger =
  | { readonly kind: 'every' }
  | { readonly kind: 'some'; readonly why: string }
  | { readonly kind: 'none' }

/** What is known of a workflow that pull requests to `branch` may start. A check that may not come must not be required. */
export function pullRequestTrigger({ events }: Workflow, branch: string): PullRequestTrigger {
  const triggers = ['pull_request', 'pull_request_target']
    .map(name => events.get(name))
    .filter(trigger => trigger !== undefined)
  if (triggers.length === 0) return { kind: 'none' }
  const reasons = triggers.map(trigger => whyNot(trigger, branch))
  const [why] = reasons
  return reasons.includes(undefined) || !why ? { kind: 'every' } : { kind: 'some', why }
}

function whyNot(trigger: YamlItem, branch: string): string | undefined {
  const list = (name: string) =>
    trigger
      .get(name)
      ?.elements()
      .map(({ text }) => text)
  if (trigger.get('paths') || trigger.get('paths-ignore')) {
    return 'its workflow has a filter of paths, and a check that does not come blocks for ever'
  }
  const types = list('types')
  if (types && !PUSHES.every(type => types.includes(type))) {
    return `its workflow runs only when a pull request is ${types.join(', ')}`
  }
  const branches = list('branches')
  const ignored = list('branches-ignore')
  if ((branches && !branchFits(branch, branches)) || (ignored && branchFits(branch, ignored))) {
    return `its workflow does not run for pull requests to ${branch}`
  }
  return undefined
}
