import { http } from '@tokenledger/kit'
import { GitHubRefusal, type GitHubResponse, wordsOf } from '../client.ts'
import { isRateLimit } from '../retry-wait.ts'

/** Why there is no comment. */
export interface Refusal {
  readonly kind: 'refused'
  /** `read-only` is expected of a fork and worth a notice; the others are worth a warning. */
  readonly cause: 'read-only' | 'locked' | 'rate-limited' | 'rejected' | 'unreachable'
  /** One line: cause and remedy. */
  readonly reason: string
}

const SUMMARY = 'The summary has the full report'

/** Sorts what went wrong; `fork` is true for a pull request from a fork. Errors that are none of GitHub's are thrown on. */
export function refusalOf(error: unknown, fork: boolean): Refusal {
  if (error instanceof GitHubRefusal) return refusalOfAnswer(error.response, fork)
  if (!(error instanceof http.HttpError)) throw error
  return refused(
    'unreachable',
    `GitHub cannot be reached (${error.message}). ${SUMMARY}; re-run this job later.`,
  )
}

function refusalOfAnswer(answer: GitHubResponse, fork: boolean): Refusal {
  const said = `GitHub answered ${answer.status} "${wordsOf(answer)}"`
  if (answer.status >= 500) return refused('unreachable', `${said}. ${SUMMARY}; re-run this job later.`)
  if (isRateLimit(answer)) return refused('rate-limited', `${said}. ${SUMMARY}; re-run this job later.`)
  if (answer.status === 403 && /\blocked\b/i.test(wordsOf(answer))) {
    return refused('locked', `the conversation is locked. ${SUMMARY}; unlock it to get the comment.`)
  }
  // GitHub says 404 for what a token may not even know of.
  if (answer.status === 403 || answer.status === 404) return refused('read-only', readOnly(said, fork))
  if (answer.status === 401) return refused('rejected', `${said}. Check github-token. ${SUMMARY}.`)
  return refused('rejected', `${said}. ${SUMMARY}.`)
}

function readOnly(said: string, fork: boolean): string {
  return fork
    ? `this run's token is read-only (fork pull request). ${SUMMARY}; use tokenledger-actions/coverage-comment.yml (workflow_run) to post it.`
    : `this run's token may not write comments: ${said}. Add "pull-requests: write" to the permissions of the job. ${SUMMARY}.`
}

function refused(cause: Refusal['cause'], why: string): Refusal {
  return { kind: 'refused', cause, reason: `Comment not posted: ${why}` }
}
