import { normalizeName } from '@tokenledger/python-project'
import { compareVersions, parseVersion, type Version } from '@tokenledger/versioning'
import { isNamedAfter } from './file-name.ts'
import type { Distribution } from './read-distribution.ts'

export interface TaggedVersion {
  readonly tag: string
  readonly version: Version
}

/**
 * Why these wheels and sdists are not the ones of a tag, one sentence each; none when they are. Versions are compared in PEP
 * 440's normal form, so `1.0.0-alpha.1` in the metadata is `1.0.0a1` in the tag.
 */
export function versionProblems(tagged: TaggedVersion, distributions: readonly Distribution[]): string[] {
  return [
    ...localTag(tagged),
    ...distributions.flatMap(distribution => problemsOf(tagged, distribution)),
    ...namesThatDiffer(distributions),
  ]
}

function localTag({ tag, version }: TaggedVersion): string[] {
  if (version.local === undefined) return []
  return [
    `RELEASE_LOCAL_VERSION: tag ${tag} is the local version ${version.text}, which package indexes refuse; release it without "+${version.local}"`,
  ]
}

function problemsOf({ tag, version }: TaggedVersion, distribution: Distribution): string[] {
  const { file } = distribution
  const own = parseVersion(distribution.version)
  if (!own)
    return [
      `RELEASE_VERSION_INVALID: ${file} is version "${distribution.version}", which PEP 440 does not know; set one such as ${version.text}, and build again`,
    ]
  if (own.local !== undefined)
    return [
      `RELEASE_LOCAL_VERSION: ${file} is the local version ${own.text}, which package indexes refuse; build the commit of ${tag} without changes to it`,
    ]
  if (compareVersions(own, version) !== 0)
    return [
      `RELEASE_TAG_MISMATCH: tag ${tag} is version ${version.text}, but ${file} is version ${own.text}; run version-bump, or tag the commit that sets ${version.text}`,
    ]
  if (!isNamedAfter(distribution, own))
    return [
      `RELEASE_FILE_NAME: ${file} holds ${distribution.name} ${own.text} and is not named so; never rename a wheel or sdist, build it again`,
    ]
  return []
}

function namesThatDiffer([first, ...others]: readonly Distribution[]): string[] {
  const other = others.find(({ name }) => first && normalizeName(name) !== normalizeName(first.name))
  if (!first || !other) return []
  return [
    `RELEASE_NAME_MISMATCH: ${first.file} is a file of ${first.name}, ${other.file} one of ${other.name}; give one package's files, and release the other by a tag of its own`,
  ]
}
