import { createReadStream } from 'node:fs'
import { http, UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal, type GitHubResponse } from '../client.ts'
import { brokeOff, writeProblem } from '../write-problem.ts'
import { type Asset, asAsset } from './asset.ts'
import type { LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { alreadyExists, isSealed, refused } from './release-problem.ts'

export interface Sending {
  readonly release: Pick<Release, 'id' | 'tag' | 'uploadUrl'>
  readonly file: LocalFile
  readonly onSent: (bytes: number) => void
}

/** What one try gave. `unclear`: nobody knows what of it was stored, so the list of assets decides. */
export type Sent =
  | { readonly kind: 'stored'; readonly asset: Asset }
  | { readonly kind: 'unclear'; readonly why: http.HttpError | GitHubRefusal }
  | { readonly kind: 'published' }

/**
 * Sends a file from disk to a release, once.
 * Throws UserErrors RELEASE_FILE_UNREADABLE, RELEASE_REFUSED, RELEASE_FORBIDDEN, and RELEASE_NO_ANSWER
 * for a rate limit that is longer than the time for waits.
 */
export async function sendAsset(client: GitHubClient, { release, file, onSent }: Sending): Promise<Sent> {
  let answer: GitHubResponse
  try {
    answer = await client.request('POST', release.uploadUrl, {
      query: { name: file.name },
      upload: {
        open: () => createReadStream(file.path),
        bytes: file.size,
        contentType: file.contentType ?? 'application/octet-stream',
        onSent,
      },
    })
  } catch (error) {
    if (!(error instanceof http.HttpError)) throw error
    if (error.kind === 'body') throw unreadable(file, error.message)
    return { kind: 'unclear', why: error }
  }
  return outcomeOf(client, answer, { release, file })
}

function outcomeOf(
  client: GitHubClient,
  answer: GitHubResponse,
  { release, file }: Pick<Sending, 'release' | 'file'>,
): Sent {
  const call = sendCall(release, file)
  if (answer.status === 201) return { kind: 'stored', asset: asAsset(answer.body) }
  const refusal = new GitHubRefusal(call.call, answer)
  // A release that is gone is seen by the next look.
  if (brokeOff(answer) || alreadyExists(answer) || answer.status === 404) {
    return { kind: 'unclear', why: refusal }
  }
  if (isSealed(answer)) return { kind: 'published' }
  throw writeProblem(client, refused(answer, call, release.tag), call)
}

/** The call as errors name it. */
export function sendCall({ id }: Pick<Release, 'id'>, { name }: LocalFile) {
  return { call: `POST /releases/${id}/assets?name=${encodeURIComponent(name)}`, needs: 'contents: write' }
}

function unreadable({ path }: LocalFile, why: string): UserError {
  return new UserError(
    `RELEASE_FILE_UNREADABLE: ${path} could not be read while it was uploaded: ${why}; it must not change during a release`,
  )
}
