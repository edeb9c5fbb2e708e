import {
  ensureDraft,
  type GitHubClient,
  type LocalFile,
  onlyRelease,
  type Release,
  uploadAssets,
  verifyAssets,
} from '@tokenledger/github'
import { info } from '@tokenledger/kit'
import { isEdited, markerOf, withFacts } from './body.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Known } from './known.ts'
import { reportUploads } from './progress.ts'
import { verifyPublished } from './published.ts'
import { withActions } from './recorded-assets.ts'
import type { Subject } from './subject.ts'
import type { Surroundings } from './surroundings.ts'

export interface Prepared {
  readonly subject: Subject
  readonly commit: string
  /** Every file, the checksums among them. */
  readonly wanted: readonly LocalFile[]
  readonly body: string
}

/**
 * Brings about one draft of the tag with all files, and verifies them; a release that is published already is compared, and
 * left as it is. Gives the draft; undefined for a published one.
 */
export async function prepare(
  client: GitHubClient,
  { subject, commit, wanted, body }: Prepared,
  inputs: ReleaseInputs,
  { repository }: Surroundings,
  known: Known,
): Promise<Release | undefined> {
  const marker = markerOf(subject.tag)
  const found = await onlyRelease(client, { repository, tag: subject.tag, marker })
  if (found && !found.isDraft) {
    await verifyPublished(client, { repository, release: found, wanted }, known)
    return undefined
  }
  const text = found ? keptText(found, body, subject, commit, known) : body
  if (inputs.dryRun) return undefined
  const ensured = await ensureDraft(client, {
    repository,
    tag: subject.tag,
    name: subject.name,
    body: text,
    isPrerelease: subject.isPrerelease,
    marker,
  })
  known.release = ensured.release
  if (ensured.kind === 'published') {
    await verifyPublished(client, { repository, release: ensured.release, wanted }, known)
    return undefined
  }
  known.body = text
  info(`Draft ${ensured.release.id} ${ensured.kind}.`)
  const outcomes = await uploadAssets(client, {
    repository,
    release: ensured.release,
    files: wanted,
    onConflict: inputs.onConflict,
    onProgress: reportUploads(),
  })
  const assets = await verifyAssets(client, {
    repository,
    releaseId: ensured.release.id,
    expected: wanted.map(({ name, digest, size }) => ({ name, digest, size })),
  })
  known.assets = withActions(assets, outcomes)
  return ensured.release
}

/** A person may have worked on the text of a draft; it stays theirs. */
function keptText(
  draft: Release,
  body: string,
  { tag }: Subject,
  commit: string,
  { warnings }: Known,
): string {
  if (!isEdited(draft.body)) return body
  warnings.push(
    `The text of the draft was changed by hand and is kept; delete the draft to have it written anew.`,
  )
  return withFacts(draft.body, tag, commit)
}
