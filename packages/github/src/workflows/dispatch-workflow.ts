import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, wordsOf } from '../client.ts'
import { headOf } from '../refs/branch-head.ts'
import { tagTarget } from '../refs/tags.ts'
import { settled } from '../settled.ts'
import { type Run, runsAt } from './runs-at.ts'

export interface DispatchWish {
  /** `owner/name` */
  readonly repository: string
  /** Name of the workflow's file: `release.yml`. */
  readonly file: string
  /** A tag, or a branch where no tag has the name. */
  readonly ref: string
  readonly inputs?: Readonly<Record<string, string>>
}

export interface DispatchOutcome {
  /** `already`: the workflow has run, or is running, at this ref and commit, whoever started it. */
  readonly kind: 'created' | 'already'
  readonly url: string
  /** How an earlier run ended: `success`, `failure`; absent while it runs. */
  readonly conclusion?: string
}

const NO_TRIGGER = /does not have '?workflow_dispatch'? trigger/i
/** A ref that was made a moment ago. */
const NO_REF = /No ref found/i

/**
 * Starts a workflow at a ref, unless it has a run at that ref and commit. GitHub takes a moment to list a run: after an answer
 * that was lost, it is looked for several times before the workflow is started again. Needs `actions: write`.
 * Throws UserErrors BUMP_DISPATCH_FAILED, BUMP_FORBIDDEN and BUMP_NO_ANSWER.
 */
export async function dispatchWorkflow(client: GitHubClient, wish: DispatchWish): Promise<DispatchOutcome> {
  const { repository, file, ref } = wish
  const path = `/repos/${repository}/actions/workflows/${encodeURIComponent(file)}`
  const sha = (await tagTarget(client, repository, ref)) ?? (await headOf(client, repository, ref))?.sha
  if (!sha) throw failed(wish, 'there is no such tag or branch')
  let sent = false
  const find = async () => (await runsAt(client, path, { ref, sha }))[0]
  const { kind, value: run } = await settled<Run>(client, {
    call: `POST ${path}/dispatches`,
    needs: 'actions: write',
    read: () => (sent ? patiently(client, find) : find()),
    write: () => {
      sent = true
      return start(client, path, wish)
    },
    made: answer => startedRun(answer, wish),
  })
  return { kind, url: run.url, ...(run.conclusion ? { conclusion: run.conclusion } : {}) }
}

async function start(client: GitHubClient, path: string, { ref, inputs = {} }: DispatchWish) {
  const send = (more: object) =>
    client.request('POST', `${path}/dispatches`, { body: { ref, inputs, ...more } })
  const answer = await send({ return_run_details: true })
  // Servers before 2026 do not know the key; they refuse it, and do nothing.
  const isUnknown = answer.status === 422 && wordsOf(answer).includes('return_run_details')
  return isUnknown ? send({}) : answer
}

/** undefined when the run has to be looked for. */
function startedRun(answer: GitHubResponse, wish: DispatchWish): Run | undefined {
  if (answer.status === 200) return { url: (answer.body as { html_url: string }).html_url }
  if (answer.status === 204) return undefined
  const words = wordsOf(answer)
  if (NO_TRIGGER.test(words)) {
    throw new UserError(`BUMP_DISPATCH_FAILED: ${wish.file} at ${wish.ref} has no workflow_dispatch trigger`)
  }
  if (NO_REF.test(words)) return undefined
  if (answer.status === 404) throw failed(wish, 'GitHub knows no workflow of this name')
  if (answer.status === 422) throw failed(wish, words)
  throw new GitHubRefusal(`dispatch of ${wish.file}`, answer)
}

function failed({ file, ref }: DispatchWish, why: string): UserError {
  return new UserError(`BUMP_DISPATCH_FAILED: ${file} at ${ref} was not started: ${why}`)
}

async function patiently<T>(
  client: GitHubClient,
  find: () => Promise<T | undefined>,
): Promise<T | undefined> {
  for (const wait of client.waits) {
    const found = await find()
    if (found !== undefined) return found
    await sleep(wait)
  }
  return find()
}
