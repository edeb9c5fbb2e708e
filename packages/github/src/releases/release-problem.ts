import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse, wordsOf } from '../client.ts'
import { explained } from '../settled.ts'
import { type Call, forbidden } from '../write-problem.ts'
import { nextVersionText } from './next-version-text.ts'

/**
 * What GitHub says to a token that may not release the commit of a tag
 * (https://docs.github.com/en/rest/releases/releases: create a release).
 */
export const WORKFLOW_COMMIT =
  'the tagged commit changes .github/workflows, which GITHUB_TOKEN may not release'

/** Runs something that reads. A repository that a token may not see is answered with 404. */
export async function asked<T>(client: GitHubClient, call: Call, work: () => Promise<T>): Promise<T> {
  try {
    return await explained(client, call, work)
  } catch (error) {
    if (error instanceof GitHubRefusal && error.response.status === 404) throw forbidden(client, 404, call)
    throw error
  }
}

/**
 * What a 404 to the change of a release means. At first it is looked for again; when it is there after all, the token may not
 * change it.
 */
export function hiddenRelease(client: GitHubClient, call: Call): () => undefined {
  let seen = false
  return () => {
    if (seen) throw forbidden(client, 404, call)
    seen = true
    return undefined
  }
}

/** What a person is told of a write that GitHub did not carry out; a GitHubRefusal goes on to the general texts. */
export function refused(answer: GitHubResponse, { call }: Call, tag: string): Error {
  if (/was used by an immutable release/i.test(JSON.stringify(answer.body))) {
    return tagBurned(tag, nextVersionText(tag))
  }
  const { status } = answer
  if (status !== 422 && !isNoDiscussion(answer)) return new GitHubRefusal(call, answer)
  return new UserError(
    `RELEASE_REFUSED: ${status} from ${call} for ${tag}: ${wordsOf(answer)}; correct what it names, and run this job again`,
  )
}

/** A wish for a discussion that cannot be: GitHub answers it with a 404 of its own. */
export function isNoDiscussion(answer: GitHubResponse): boolean {
  return answer.status === 404 && /discussion/i.test(wordsOf(answer))
}

/** An answer to a change of what an immutable release holds. */
export function isSealed({ status, body }: GitHubResponse): boolean {
  return status === 422 && /(from|to) an immutable release/i.test(JSON.stringify(body))
}

/** An answer to a name or a tag that is taken. */
export function alreadyExists({ status, body }: GitHubResponse): boolean {
  return status === 422 && /already_exists/.test(JSON.stringify(body))
}

/** `next`: the version that can be released in its place. */
export function tagBurned(tag: string, next: string): UserError {
  return new UserError(
    `RELEASE_TAG_BURNED: ${tag} was used by an immutable release and can never be reused; bump to ${next}`,
  )
}

export function releaseGone(id: number): UserError {
  return new UserError(
    `RELEASE_GONE: release ${id} was deleted while this run worked on it; run this job again, it makes a new draft`,
  )
}
