import { GitHubRefusal, isRateLimit, wordsOf } from '@tokenledger/github'
import { http, messageOf } from '@tokenledger/kit'

/** Why GitHub did not name the jobs of the run, and what would make it, in one line. */
export function whyNone(error: unknown): string {
  if (error instanceof GitHubRefusal)
    return `GitHub answered ${error.response.status} (${wordsOf(error.response)})${remedy(error)}`
  if (error instanceof http.HttpError) {
    return `GitHub's API cannot be reached (${error.message}); a runner on one's own computer has none.`
  }
  return messageOf(error).replace(/\s+/g, ' ')
}

function remedy({ response }: GitHubRefusal): string {
  if (isRateLimit(response)) return '; a later run may be luckier.'
  if (response.status === 401) return ': it does not take the github-token.'
  const isHidden = response.status === 403 || response.status === 404
  return isHidden ? '. In a private repository it takes "permissions: actions: read" in this job.' : '.'
}
