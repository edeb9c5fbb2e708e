import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'
import { OPTIONS } from './usage.ts'
import type { DispatchInputs } from './workflows/dispatch-inputs.ts'
import { EVENTS, type Event } from './workflows/workflow.ts'

export interface CiArguments {
  readonly checkout: string
  readonly event: Event
  readonly tag: string | undefined
  readonly workflow: string | undefined
  readonly inputs: DispatchInputs
  readonly job: string | undefined
  readonly report: string | undefined
  readonly offline: boolean
  readonly fork: boolean
}

export const USAGE = `Options: ${OPTIONS}`

/** Reads the command line of `npm run ci`. A UserError with the usage for anything that it does not know. */
export function readArguments(args: readonly string[]): CiArguments | 'help' {
  const options = {
    repo: { type: 'string', default: '.' },
    event: { type: 'string', default: 'push' },
    tag: { type: 'string' },
    fork: { type: 'boolean', default: false },
    workflow: { type: 'string' },
    input: { type: 'string', multiple: true, default: [] as string[] },
    job: { type: 'string' },
    report: { type: 'string' },
    offline: { type: 'boolean', default: false },
    help: { type: 'boolean', short: 'h', default: false },
  } as const
  let values: ReturnType<typeof parseArgs<{ options: typeof options }>>['values']
  try {
    values = parseArgs({ args: [...args], options }).values
  } catch (error) {
    throw new UserError(`${messageOf(error)}\n${USAGE}`)
  }
  const { repo, tag, fork, workflow, input, job, report, offline } = values
  if (values.help) return 'help'
  const event = EVENTS.find(name => name === values.event)
  if (!event) throw new UserError(`--event: '${values.event}' is not one of ${EVENTS.join(', ')}.\n${USAGE}`)
  if (tag !== undefined && (event === 'pull_request' || event === 'merge_group'))
    throw new UserError(`--tag: ${event} is at no tag.\n${USAGE}`)
  if (fork && event !== 'pull_request')
    throw new UserError(`--fork: only --event pull_request has forks.\n${USAGE}`)
  if (input.length > 0 && event !== 'workflow_dispatch')
    throw new UserError(`--input: only --event workflow_dispatch has inputs.\n${USAGE}`)
  return {
    checkout: repo,
    event,
    tag,
    fork,
    workflow,
    inputs: Object.fromEntries(input.map(readInput)),
    job,
    report: report === '' ? 'ci-report' : report,
    offline,
  }
}

function readInput(text: string): [string, string] {
  const at = text.indexOf('=')
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)]
  throw new UserError(`--input: '${text}' is not of the form NAME=VALUE.\n${USAGE}`)
}
