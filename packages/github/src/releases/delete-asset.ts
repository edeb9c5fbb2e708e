import { type GitHubClient, GitHubRefusal } from '../client.ts'
import { settled } from '../settled.ts'
import type { Asset } from './asset.ts'
import { publishedDiffers } from './asset-problems.ts'
import type { LocalFile } from './local-file.ts'
import type { Release } from './release.ts'
import { releaseGone } from './release-problem.ts'

export interface Replacement {
  /** `owner/name` */
  readonly repository: string
  readonly release: Pick<Release, 'id' | 'tag'>
  readonly asset: Asset
  /** What is to come in its place. */
  readonly file: LocalFile
}

/**
 * Deletes an asset of a draft; one that is gone is fine. Another run may have published the draft meanwhile: then it stays,
 * and the error is RELEASE_PUBLISHED_DIFFERS. Other UserErrors: RELEASE_GONE, RELEASE_FORBIDDEN and RELEASE_NO_ANSWER.
 */
export async function deleteAsset(client: GitHubClient, replacement: Replacement): Promise<void> {
  const { repository, asset } = replacement
  const path = `/repos/${repository}/releases/assets/${asset.id}`
  const call = `DELETE /releases/assets/${asset.id}`
  await settled<'gone'>(client, {
    call,
    needs: 'contents: write',
    read: async () => {
      await demandDraft(client, replacement)
      const answer = await client.request('GET', path)
      if (answer.status === 404) return 'gone'
      if (answer.status === 200) return undefined
      throw new GitHubRefusal(`GET /releases/assets/${asset.id}`, answer)
    },
    write: () => client.request('DELETE', path, { once: true }),
    made: answer => {
      if (answer.status < 300 || answer.status === 404) return 'gone'
      if (/immutable release/i.test(JSON.stringify(answer.body))) throw outAlready(replacement)
      throw new GitHubRefusal(call, answer)
    },
  })
}

async function demandDraft(client: GitHubClient, replacement: Replacement): Promise<void> {
  const { repository, release } = replacement
  const answer = await client.request('GET', `/repos/${repository}/releases/${release.id}`)
  if (answer.status === 404) throw releaseGone(release.id)
  if (answer.status !== 200) throw new GitHubRefusal(`GET /releases/${release.id}`, answer)
  if (!(answer.body as { draft: boolean }).draft) throw outAlready(replacement)
}

function outAlready({ release, asset, file }: Replacement): Error {
  const { name, digest: ours } = file
  if (asset.state !== 'uploaded') return publishedDiffers(release.tag, { kind: 'missing', name })
  return publishedDiffers(release.tag, { kind: 'differs', name, theirs: asset.digest ?? 'no digest', ours })
}
