import { UserError } from '@tokenledger/kit'
import {
  type GitHubClient,
  GitHubRefusal,
  type GitHubResponse,
  type RequestOptions,
  wordsOf,
} from '../client.ts'
import { isRateLimit } from '../retry-wait.ts'
import { explained } from '../settled.ts'

/** What a token needs for what this folder does. */
export const NEEDS = 'Administration: read and write'

/** The answer to a GET with one of these statuses. Throws UserErrors: see {@link refused}. */
export async function read(
  client: GitHubClient,
  path: string,
  statuses: readonly number[] = [200],
  options: RequestOptions = {},
): Promise<GitHubResponse> {
  const call = `GET ${path}`
  return explained(client, { call, needs: NEEDS }, async () => {
    const answer = await client.request('GET', path, options)
    if (statuses.includes(answer.status)) return answer
    throw refused(client, call, answer)
  })
}

/**
 * The error for an answer that is not what was asked for: a UserError where the token may not do this, where the owner's plan
 * or an organization forbids it, else the GitHubRefusal that says all.
 */
export function refused(client: GitHubClient, call: string, answer: GitHubResponse): Error {
  const { status } = answer
  const words = wordsOf(answer)
  const code = client.errorPrefix
  if (status === 403 && /upgrade to/i.test(words)) {
    return new UserError(
      `${code}_PLAN: rulesets are no part of the owner's plan for a private repository (${words}); make the repository public, or change the plan`,
    )
  }
  if (status === 409) {
    return new UserError(
      `${code}_ORGANIZATION: 409 from ${call}: the organization does not let the repository decide this (${words}); ask its owner to change it there`,
    )
  }
  if (status === 404 || (status === 403 && !isRateLimit(answer))) return notAdministrator(code, call, answer)
  return new GitHubRefusal(call, answer)
}

function notAdministrator(code: string, call: string, answer: GitHubResponse): UserError {
  return new UserError(
    `${code}_NOT_ADMINISTRATOR: ${answer.status} from ${call} (${wordsOf(answer)}): the token may not administer the repository; take a fine-grained personal access token of one of its administrators, for this repository, with "${NEEDS}", as a job's own token never has that`,
  )
}
