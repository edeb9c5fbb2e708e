import { http, UserError } from '@tokenledger/kit'
import { GitHubRefusal, type GitHubResponse, wordsOf } from './client.ts'
import { typesIn } from './graphql-data.ts'
import { isRateLimit } from './retry-wait.ts'

/** A call as errors name it. */
export interface Call {
  /** `POST /repos/o/r/git/refs` */
  readonly call: string
  /** The permission that it takes: `contents: write`. */
  readonly needs: string
}

/**
 * What a person is told of an answer, or of none at all, with the code that the README explains. An answer that only a
 * mistake of ours can bring comes back as the GitHubRefusal that it is.
 */
export function writeProblem(error: unknown, call: Call): unknown {
  if (error instanceof http.HttpError) return noAnswer(call, error.message)
  if (!(error instanceof GitHubRefusal)) return error
  return problemOfAnswer(error.response, call) ?? error
}

function problemOfAnswer(answer: GitHubResponse, { call, needs }: Call): UserError | undefined {
  const { status } = answer
  const words = wordsOf(answer)
  if (brokeOff(answer) || isRateLimit(answer))
    return noAnswer({ call, needs }, `${status} ${words}`.trimEnd())
  if (status === 401) {
    return new UserError(`BUMP_FORBIDDEN: 401 from ${call}: GitHub does not take the token (${words})`)
  }
  if (status === 403 || typesIn(answer).includes('FORBIDDEN')) {
    // GraphQL refuses with HTTP 200.
    return new UserError(`BUMP_FORBIDDEN: 403 from ${call}: needs "${needs}"`)
  }
  return undefined
}

/** GitHub failed in the middle, so that nobody knows what was done; GraphQL says so with HTTP 200 too. */
export function brokeOff(answer: GitHubResponse): boolean {
  return answer.status >= 500 || /Something went wrong while executing/i.test(wordsOf(answer))
}

function noAnswer({ call }: Call, what: string): UserError {
  return new UserError(
    `BUMP_NO_ANSWER: ${call} got no answer from GitHub (${what}); run this job again, it goes on where it stopped`,
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
