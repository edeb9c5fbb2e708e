import { http, UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, wordsOf } from './client.ts'
import { typesIn } from './graphql-data.ts'
import { isRateLimit } from './retry-wait.ts'

/** A call as errors name it. */
export interface Call {
  /** `POST /repos/o/r/git/refs` */
  readonly call: string
  /** The permission that it takes: `contents: write`. */
  readonly needs: string
  /** What else a 403 of it may mean. */
  readonly orElse?: string
}

/**
 * What a person is told of an answer, or of none at all, with the code that the README explains. An answer that only a
 * mistake of ours can bring comes back as the GitHubRefusal that it is.
 */
export function writeProblem(client: GitHubClient, error: unknown, call: Call): unknown {
  if (error instanceof http.HttpError) return noAnswer(client, call, error.message)
  if (!(error instanceof GitHubRefusal)) return error
  return problemOfAnswer(client, error.response, call) ?? error
}

function problemOfAnswer(client: GitHubClient, answer: GitHubResponse, call: Call): UserError | undefined {
  const { status } = answer
  const words = wordsOf(answer)
  if (brokeOff(answer) || isRateLimit(answer)) return noAnswer(client, call, `${status} ${words}`.trimEnd())
  if (status === 401) {
    return new UserError(
      `${client.errorPrefix}_FORBIDDEN: 401 from ${call.call}: GitHub does not take the token (${words})`,
    )
  }
  // GraphQL refuses with HTTP 200.
  const isForbidden = status === 403 || typesIn(answer).includes('FORBIDDEN')
  return isForbidden ? forbidden(client, 403, call) : undefined
}

/** A token that may not do this. */
export function forbidden(
  { errorPrefix }: GitHubClient,
  status: number,
  { call, needs, orElse }: Call,
): UserError {
  const other = orElse === undefined ? '' : `; or ${orElse}`
  return new UserError(`${errorPrefix}_FORBIDDEN: ${status} from ${call}: needs "${needs}"${other}`)
}

/** GitHub failed in the middle, so that nobody knows what was done; GraphQL says so with HTTP 200 too. */
export function brokeOff(answer: GitHubResponse): boolean {
  return answer.status >= 500 || /Something went wrong while executing/i.test(wordsOf(answer))
}

function noAnswer({ errorPrefix }: GitHubClient, { call }: Call, what: string): UserError {
  return new UserError(
    `${errorPrefix}_NO_ANSWER: ${call} got no answer from GitHub (${what}); run this job again, it goes on where it stopped`,
  )
}

/** What a ruleset or branch protection objects to, without its full stop; undefined when it is something else. */
export function violatedRule(answer: GitHubResponse): string | undefined {
  const words = wordsOf(answer)
  const rule =
    /Repository rule violations found:?\s*(.+)/.exec(words)?.[1] ?? /.*protected branch.*/i.exec(words)?.[0]
  return rule?.trim().replace(/\.$/, '')
}

export function protectedBranch(branch: string, rule: string): UserError {
  return new UserError(`BUMP_PROTECTED: ${branch} does not accept direct commits (${rule}); use mode: pr`)
}
