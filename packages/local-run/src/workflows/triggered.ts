import { basename } from 'node:path'
import { UserError } from '@tokenledger/kit'
import { type Event, isTriggeredBy, type Workflow } from './workflow.ts'

/**
 * The workflows that an event starts, or the one of them whose file is named. By hand GitHub starts one at a time, so a choice has
 * to be made where several can be. A UserError when there is none, or more than one to choose from.
 */
export function triggeredWorkflows(
  all: readonly Workflow[],
  event: Event,
  named: string | undefined,
  folder: string,
  tag?: string,
): Workflow[] {
  const triggered = all.filter(workflow => isTriggeredBy(workflow, event, tag))
  const what = tag === undefined ? event : `${event} at tag ${tag}`
  if (triggered.length === 0)
    throw new UserError(
      `No workflow in ${folder} starts on ${what}. Add it to "on:", or try another --event.`,
    )
  const files = triggered.map(({ file }) => basename(file)).join(', ')
  if (named !== undefined) {
    const chosen = triggered.filter(({ file }) => basename(file) === named)
    if (chosen.length > 0) return chosen
    throw new UserError(`${named} in ${folder} does not start on ${what}. Those that do: ${files}.`)
  }
  if (event === 'workflow_dispatch' && triggered.length > 1)
    throw new UserError(`Several workflows can be started by hand: ${files}. Choose one by --workflow FILE.`)
  return triggered
}
