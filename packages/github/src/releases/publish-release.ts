import { setTimeout as sleep } from 'node:timers/promises'
import { UserError } from '@tokenledger/kit'
import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { explained, settled } from '../settled.ts'
import { asRelease, type Release, type ReleaseText, textData } from './release.ts'
import {
  alreadyExists,
  hiddenRelease,
  isNoDiscussion,
  refused,
  releaseGone,
  WORKFLOW_COMMIT,
} from './release-problem.ts'

export interface Publication extends ReleaseText {
  /** `owner/name` */
  readonly repository: string
  readonly release: Pick<Release, 'id'>
  /** Shown as "Latest"; GitHub does not take a prerelease for it. */
  readonly makeLatest: boolean
  /** Category of a discussion that is opened with it. */
  readonly discussionCategory?: string
}

/**
 * Publishes a draft and reads it again by its tag. One that is out already is left as it is. Needs `contents: write`.
 * Throws UserErrors RELEASE_GONE, RELEASE_TAG_BURNED, RELEASE_TAG_TAKEN, RELEASE_TAG_LOST, RELEASE_REFUSED, RELEASE_FORBIDDEN
 * and RELEASE_NO_ANSWER.
 */
export async function publishRelease(client: GitHubClient, wish: Publication): Promise<Release> {
  const { repository, release, tag, makeLatest, isPrerelease, discussionCategory } = wish
  const path = `/repos/${repository}/releases/${release.id}`
  const call = { call: `PATCH /releases/${release.id}`, needs: 'contents: write', orElse: WORKFLOW_COMMIT }
  const hidden = hiddenRelease(client, call)
  await settled(client, {
    ...call,
    read: async () => {
      const answer = await client.request('GET', path)
      if (answer.status === 404) throw releaseGone(release.id)
      if (answer.status !== 200) throw new GitHubRefusal(`GET /releases/${release.id}`, answer)
      const found = asRelease(answer.body)
      return !found.isDraft && found.tag === tag ? found : undefined
    },
    write: () =>
      client.request('PATCH', path, {
        body: {
          ...textData(wish),
          draft: false,
          // `true` where it is left out, also for a patch of an old line.
          make_latest: String(makeLatest && !isPrerelease),
          ...(discussionCategory ? { discussion_category_name: discussionCategory } : {}),
        },
        once: true,
      }),
    made: answer => {
      if (answer.status === 404 && !isNoDiscussion(answer)) return hidden()
      if (alreadyExists(answer)) throw tagTaken(tag)
      if (answer.status >= 300) throw refused(answer, call, tag)
      return asRelease(answer.body)
    },
  })
  return publishedByTag(client, wish)
}

/** What everybody gets who asks for the tag. */
async function publishedByTag(client: GitHubClient, wish: Publication): Promise<Release> {
  const { repository, release, tag } = wish
  const call = { call: `GET /releases/tags/${tag}`, needs: 'contents: read' }
  for (let round = 0; ; round++) {
    const found = await explained(client, call, async () => {
      const answer = await client.request(
        'GET',
        `/repos/${repository}/releases/tags/${encodeURIComponent(tag)}`,
      )
      if (answer.status === 200) return asRelease(answer.body)
      if (answer.status === 404) return undefined
      throw new GitHubRefusal(call.call, answer)
    })
    if (found?.id === release.id && found.tag === tag && !found.isDraft) return found
    const wait = client.waits[round]
    if (wait === undefined) throw tagLost(wish, found)
    await sleep(wait)
  }
}

function tagTaken(tag: string): UserError {
  return new UserError(
    `RELEASE_TAG_TAKEN: another release of ${tag} was published meanwhile; run this job again, it verifies that one`,
  )
}

function tagLost({ release, tag }: Publication, found: Release | undefined): UserError {
  const there = found ? `release ${found.id} (${found.tag})` : 'no release'
  return new UserError(
    `RELEASE_TAG_LOST: release ${release.id} was published, but GitHub has ${there} for ${tag}; open it on GitHub and set its tag to ${tag}`,
  )
}
