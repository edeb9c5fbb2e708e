import type { GitHubClient } from '../client.ts'
import { settled } from '../settled.ts'
import { forbidden } from '../write-problem.ts'
import { deleteDraft } from './delete-draft.ts'
import { withText } from './draft-text.ts'
import { findRelease, type ReleaseSought } from './find-release.ts'
import { listReleases } from './list-releases.ts'
import { onlyRelease } from './only-release.ts'
import { asRelease, type Release, type ReleaseText, textData } from './release.ts'
import { alreadyExists, refused, WORKFLOW_COMMIT } from './release-problem.ts'

export interface DraftWish extends ReleaseText, ReleaseSought {
  /** `owner/name` */
  readonly repository: string
}

export interface DraftOutcome {
  /** `published`: the release is out, and nothing was changed. */
  readonly kind: 'created' | 'adopted' | 'published'
  readonly release: Release
}

/**
 * Keeps one draft of a tag: makes it, or takes the one that is there and gives it this text. The tag has to be there.
 * Of drafts that two runs made at once the older one stays. Needs `contents: write`.
 * Throws UserErrors RELEASE_DUPLICATE_DRAFTS, RELEASE_TAG_BURNED, RELEASE_GONE, RELEASE_REFUSED, RELEASE_FORBIDDEN and
 * RELEASE_NO_ANSWER.
 */
export async function ensureDraft(client: GitHubClient, wish: DraftWish): Promise<DraftOutcome> {
  const { kind, draft } = await madeOrFound(client, wish)
  const release = draft.isDraft ? await withText(client, wish, draft) : draft
  return { kind: release.isDraft ? kind : 'published', release }
}

async function madeOrFound(
  client: GitHubClient,
  wish: DraftWish,
): Promise<{ kind: 'created' | 'adopted'; draft: Release }> {
  const call = { call: 'POST /releases', needs: 'contents: write', orElse: WORKFLOW_COMMIT }
  let own: Release | undefined
  const { kind, value } = await settled(client, {
    ...call,
    read: () => onlyRelease(client, wish),
    write: () =>
      client.request('POST', `/repos/${wish.repository}/releases`, {
        body: { ...textData(wish), draft: true },
      }),
    made: answer => {
      // It is looked for again.
      if (alreadyExists(answer)) return undefined
      if (answer.status === 404) throw forbidden(client, 404, call)
      if (answer.status >= 300) throw refused(answer, call, wish.tag)
      own = asRelease(answer.body)
      return own
    },
  })
  if (!own) return { kind: kind === 'created' ? 'created' : 'adopted', draft: value }
  const draft = await older(client, wish, own)
  return draft ? { kind: 'adopted', draft } : { kind: 'created', draft: own }
}

/**
 * The release that counts in place of a draft that was just made, which is deleted then: two runs that find no draft both make
 * one. Each of them sees both, and the younger draft goes.
 */
async function older(client: GitHubClient, wish: DraftWish, own: Release): Promise<Release | undefined> {
  const found = findRelease(await listReleases(client, wish.repository), wish)
  if (found.kind === 'none') return undefined
  const first = found.kind === 'duplicates' ? found.drafts[0] : found.release
  if (!first || (first.isDraft && first.id >= own.id)) return undefined
  await deleteDraft(client, wish.repository, own.id)
  return onlyRelease(client, wish)
}
