import { UserError } from '@tokenledger/kit'
import { withoutV } from './spelling.ts'
import { parseVersion, type Version } from './version.ts'

export interface TagFormat {
  /** `v1.0.0-rc.1`: the version as it is spelled, put into the format. */
  tagOf(version: Version): string
  /** The version in a tag of this format; undefined for any other tag. The whole tag has to fit. */
  versionOf(tag: string): Version | undefined
}

const PLACEHOLDER = /\{([^{}]*)\}/g

/** What git refuses in the name of a ref (git-check-ref-format), as far as a format can hold it. */
const NO_REF = /[\s~^:?*[\\{}]|\.\.|\/\/|(?:^|\/)\.|^[/-]|\/$|\.$|\.lock(?:\/|$)/

/**
 * Reads a format such as `v{version}`, or `{name}-v{version}` for a package of a monorepo. A UserError when it has not
 * just one `{version}`, an unknown placeholder, a `{name}` that is not given, or what no tag may hold.
 */
export function tagFormat(format: string, name?: string): TagFormat {
  const remedy = 'Write it like v{version} or {name}-v{version}.'
  const parts = format.split('{version}')
  if (parts.length !== 2) {
    throw new UserError(`tag-format "${format}" needs {version} just once. ${remedy}`)
  }
  const [prefix = '', suffix = ''] = parts.map(part =>
    part.replace(PLACEHOLDER, (whole, key: string) => {
      if (key !== 'name') throw new UserError(`tag-format "${format}" has the unknown ${whole}. ${remedy}`)
      if (!name)
        throw new UserError(`tag-format "${format}" needs a name, and the project has none. ${remedy}`)
      return name
    }),
  )
  if (NO_REF.test(`${prefix}1${suffix}`)) {
    throw new UserError(`tag-format "${format}" makes no valid name of a git tag. ${remedy}`)
  }
  return {
    tagOf: version => `${prefix}${withoutV(version.text)}${suffix}`,
    versionOf(tag) {
      if (!tag.startsWith(prefix) || !tag.endsWith(suffix)) return undefined
      const text = tag.slice(prefix.length, tag.length - suffix.length)
      // PEP 440 would let a v and spaces pass, so that two tags gave one version.
      return /^\d/.test(text) && !/\s/.test(text) ? parseVersion(text) : undefined
    },
  }
}
