import { normalizedVersion } from '@tokenledger/versioning'
import type { Known } from './known.ts'

/** Every output, as far as it is known. */
export function outputsOf(known: Known): Record<string, string> {
  const { subject, release, notes, assets, digests, state } = known
  return {
    state: state ?? '',
    tag: subject?.tag ?? '',
    'commit-sha': known.commit ?? '',
    version: subject?.version.text ?? '',
    'normalized-version': subject ? normalizedVersion(subject.version) : '',
    'is-prerelease': subject ? String(subject.isPrerelease) : '',
    'previous-tag': notes?.previous?.tag ?? '',
    'release-id': release ? String(release.id) : '',
    url: release?.url ?? '',
    'upload-url': release?.isDraft ? release.uploadUrl : '',
    notes: known.body ?? '',
    'notes-file': known.notesFile ?? '',
    assets: JSON.stringify(assets?.map(asset => assetOf(asset)) ?? []),
    digests: JSON.stringify(
      Object.fromEntries(
        [...(digests ?? [])].map(([name, digest]) => [name, digest.replace(/^sha256:/, '')]),
      ),
    ),
    'checksums-file': known.checksumsFile ?? '',
    'commit-count': notes ? String(notes.commits.length) : '',
    'skipped-commits': notes?.left ? String(notes.left.length) : '',
    immutable: release && !release.isDraft ? String(release.isImmutable) : '',
  }
}

function assetOf({ name, id, size, digest, url, action }: NonNullable<Known['assets']>[number]): object {
  return { name, id, size, digest: digest ?? null, url, action: action ?? 'skipped' }
}
