import { setTimeout as sleep } from 'node:timers/promises'
import { http } from '@tokenledger/kit'
import { type GitHubClient, type GitHubResponse, wordsOf } from '../client.ts'
import type { PullRequest } from './open-pulls.ts'

/** Adds what is missing; gives the reason when that failed. Adding a label twice does nothing, so it is simply sent again. */
export async function addLabels(
  client: GitHubClient,
  { repository, labels }: { readonly repository: string; readonly labels: readonly string[] },
  pull: PullRequest,
): Promise<string | undefined> {
  const has = new Set(pull.labels.map(label => label.toLowerCase()))
  const missing = labels.filter(label => !has.has(label.toLowerCase()))
  if (missing.length === 0) return undefined
  const path = `/repos/${repository}/issues/${pull.number}/labels`
  for (let round = 0; ; round++) {
    const problem = problemOf(await post(client, path, missing))
    const wait = client.waits[round]
    if (!problem?.passes || wait === undefined) return problem?.reason
    await sleep(wait)
  }
}

async function post(
  client: GitHubClient,
  path: string,
  labels: readonly string[],
): Promise<GitHubResponse | string> {
  try {
    return await client.request('POST', path, { body: { labels } })
  } catch (error) {
    if (error instanceof http.HttpError) return error.message
    throw error
  }
}

/** GitHub does not find a pull request that it has just opened: `Could not resolve to a node`. */
function problemOf(answer: GitHubResponse | string): { reason: string; passes: boolean } | undefined {
  if (typeof answer === 'string') return { reason: `labels were not added (${answer})`, passes: true }
  if (answer.status < 300) return undefined
  const words = wordsOf(answer)
  return {
    reason: `labels were not added (${answer.status} ${words})`,
    passes: answer.status >= 500 || /Could not resolve to a node/i.test(words),
  }
}
