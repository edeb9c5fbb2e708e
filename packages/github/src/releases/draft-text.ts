import type { GitHubClient } from '../client.ts'
import { settled } from '../settled.ts'
import type { ReleaseSought } from './find-release.ts'
import { onlyRelease } from './only-release.ts'
import { asRelease, type Release, type ReleaseText, says, textData } from './release.ts'
import { hiddenRelease, refused, releaseGone, WORKFLOW_COMMIT } from './release-problem.ts'

/**
 * Gives a draft its text where it differs; also the tag that it lost. `draft` is not sent: another run may have published it
 * meanwhile, and it would become a draft again.
 */
export async function withText(
  client: GitHubClient,
  wish: ReleaseText & ReleaseSought & { readonly repository: string },
  draft: Release,
): Promise<Release> {
  if (says(draft, wish)) return draft
  const call = { call: `PATCH /releases/${draft.id}`, needs: 'contents: write', orElse: WORKFLOW_COMMIT }
  const hidden = hiddenRelease(client, call)
  const { value } = await settled(client, {
    ...call,
    read: async () => {
      const release = await onlyRelease(client, wish)
      if (release?.id !== draft.id) throw releaseGone(draft.id)
      return says(release, wish) || !release.isDraft ? release : undefined
    },
    write: () =>
      client.request('PATCH', `/repos/${wish.repository}/releases/${draft.id}`, {
        body: textData(wish),
        once: true,
      }),
    made: answer => {
      if (answer.status === 404) return hidden()
      if (answer.status >= 300) throw refused(answer, call, wish.tag)
      return asRelease(answer.body)
    },
  })
  return value
}
