import { UserError } from '@tokenledger/kit'
import { packageName } from '@tokenledger/python-project'
import {
  formatVersion,
  isPrerelease,
  parseVersion,
  type TagFormat,
  tagFormat,
  type Version,
} from '@tokenledger/versioning'
import type { Checkout } from './checkout.ts'
import type { ReleaseInputs } from './inputs.ts'
import type { Surroundings } from './surroundings.ts'

/** What is released. */
export interface Subject {
  readonly tag: string
  readonly version: Version
  readonly format: TagFormat
  /** In the title. */
  readonly name: string
  readonly isPrerelease: boolean
}

/** Reads the tag as a version. Throws UserErrors RELEASE_TAG_MISSING and RELEASE_TAG_INVALID. */
export function readSubject(
  inputs: ReleaseInputs,
  { ref }: Surroundings,
  checkout: Checkout | undefined,
): Subject {
  const format = tagFormat(inputs.tagFormat, checkout && packageName(checkout.read, inputs.folder))
  const tag = inputs.tag || /^refs\/tags\/(.+)$/.exec(ref)?.[1]
  if (!tag) {
    throw new UserError(
      `RELEASE_TAG_MISSING: this run is at ${ref || 'no ref'}, which is no tag; start it at the tag, or give input tag`,
    )
  }
  const version = format.versionOf(tag)
  if (!version) throw invalid(tag, format)
  if (version.local) {
    throw new UserError(
      `RELEASE_TAG_INVALID: tag "${tag}" is a local version (+${version.local}), which no package index takes; tag ${format.tagOf(publicOf(version))}`,
    )
  }
  return {
    tag,
    version,
    format,
    name: inputs.name.replaceAll('{tag}', tag).replaceAll('{version}', version.text),
    isPrerelease: inputs.prerelease === 'auto' ? isPrerelease(version) : inputs.prerelease === 'true',
  }
}

function invalid(tag: string, format: TagFormat): UserError {
  const [final, rc, semver] = ['1.2.3', '1.2.3rc1', '1.2.3-rc.1'].map(text => {
    const version = parseVersion(text)
    return version ? format.tagOf(version) : text
  })
  return new UserError(
    `RELEASE_TAG_INVALID: tag "${tag}" is not a version (expected ${final}, ${rc} or ${semver})`,
  )
}

function publicOf(version: Version): Version {
  const { local: _, ...parts } = version
  return { ...parts, text: formatVersion(parts, version.spelling) }
}
