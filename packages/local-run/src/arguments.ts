import { parseArgs } from 'node:util'
import { messageOf, UserError } from '@tokenledger/kit'
import type { Event } from './workflows/workflow.ts'

export interface CiArguments {
  readonly checkout: string
  readonly event: Event
  readonly job: string | undefined
  readonly report: string | undefined
  readonly offline: boolean
  readonly fork: boolean
}

export const USAGE = `npm run ci -- [--repo PATH] [--event push|pull_request] [--fork] [--job NAME] [--report DIR] [--offline]
  --repo PATH    the checkout whose workflows run; the current folder unless given
  --event NAME   push (default) or pull_request
  --fork         the pull request comes from a fork: its token may only read, and there is no identity for others
  --job NAME     only this job, by id or name, with the jobs that it needs
  --report DIR   write DIR/index.html; ./ci-report for an empty DIR
  --offline      skip the check of the network; all that jobs download has to be cached`

/** Reads the command line of `npm run ci`. A UserError with the usage for anything that it does not know. */
export function readArguments(args: readonly string[]): CiArguments | 'help' {
  const options = {
    repo: { type: 'string', default: '.' },
    event: { type: 'string', default: 'push' },
    fork: { type: 'boolean', default: false },
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
  const { repo, event, fork, job, report, offline } = values
  if (values.help) return 'help'
  if (event !== 'push' && event !== 'pull_request')
    throw new UserError(`--event: '${event}' is not one of push, pull_request.\n${USAGE}`)
  if (fork && event !== 'pull_request')
    throw new UserError(`--fork: only --event pull_request has forks.\n${USAGE}`)
  return { checkout: repo, event, fork, job, report: report === '' ? 'ci-report' : report, offline }
}
