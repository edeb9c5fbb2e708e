import type { Release } from '@tokenledger/github'
import { compareVersions } from '@tokenledger/versioning'
import type { ReleaseInputs } from './inputs.ts'
import type { Subject } from './subject.ts'

/**
 * Whether the release becomes the latest: the highest final version of the repository's own package is, so that a patch of an
 * older line takes nothing away. GitHub's own rule goes by the date of the commit.
 */
export function becomesLatest(
  { version, format, isPrerelease }: Subject,
  { makeLatest, folder }: Pick<ReleaseInputs, 'makeLatest' | 'folder'>,
  releases: readonly Pick<Release, 'tag' | 'isDraft' | 'isPrerelease'>[],
): boolean {
  if (isPrerelease) return false
  if (makeLatest !== 'auto') return makeLatest === 'true'
  if (folder !== '') return false
  return releases
    .filter(({ isDraft, isPrerelease }) => !isDraft && !isPrerelease)
    .every(({ tag }) => {
      const other = format.versionOf(tag)
      return other === undefined || compareVersions(other, version) <= 0
    })
}
