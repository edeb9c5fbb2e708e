import { compareVersions, parseVersion } from '@tokenledger/versioning'

/** The heading of a release, in pieces that make its text again when they are joined. */
export interface ReleaseHeading {
  /** `[` when the version is a link, else empty. */
  readonly open: string
  /** Before the version: empty, `v`, or the name of a package of a monorepo such as `core-v`. */
  readonly prefix: string
  readonly version: string
  /** `]` and, of an inline link, its address. */
  readonly close: string
  /** Address of an inline link. */
  readonly url?: string
  /** Date, `[YANKED]` and whatever else comes after. */
  readonly rest: string
}

const UNRELEASED = /^\[?unreleased\]?(?![\w])/i
const RELEASE = /^(\[?)([A-Za-z@][\w@/.-]*[-@/ ] ?v?|v?)(\d+(?:\.\d+)+[\w.+!-]*)(\]?(?:\(([^()\s]*)\))?)(.*)$/
/** After a version comes nothing, a date, or something in brackets; `Python 3.11 support` is no release. */
const REST = /^\s*(?:$|[-–—(/,:[\d])/

/** Whether this is the heading of what is not released yet. */
export function isUnreleased(heading: string): boolean {
  return UNRELEASED.test(heading)
}

/** Whether a link definition is that of a release or of Unreleased. */
export function isReleaseLabel(label: string): boolean {
  return isUnreleased(label) || parseReleaseHeading(label) !== undefined
}

/** Reads the text of a heading; undefined when it is that of no release. */
export function parseReleaseHeading(heading: string): ReleaseHeading | undefined {
  const [, open = '', prefix = '', version, close = '', url, rest = ''] = RELEASE.exec(heading) ?? []
  if (version === undefined || !REST.test(rest) || open.length !== (close.startsWith(']') ? 1 : 0))
    return undefined
  return { open, prefix, version, close, ...(url !== undefined ? { url } : {}), rest }
}

/** The name of the package in what stands before a version, of a heading or of a tag: `core` of `core-v`. */
export function packageName(prefix: string): string {
  const name = prefix.replace(/(^|[^A-Za-z])v$/i, '$1').replace(/[-@/ ]+$/, '')
  return /^(?:version|release)?$/i.test(name) ? '' : name.toLowerCase()
}

/** Whether a heading is of this version, however that is written, and of this package when both name one. */
export function isReleaseOf(heading: ReleaseHeading, version: string, name: string): boolean {
  return isOfPackage(heading, name) && isSameVersion(heading.version, version)
}

/** Headings without a name are of every package: the changelog of one package needs none. */
export function isOfPackage({ prefix }: ReleaseHeading, name: string): boolean {
  const own = packageName(prefix)
  return own === '' || name === '' || own === name
}

function isSameVersion(a: string, b: string): boolean {
  const [left, right] = [parseVersion(a), parseVersion(b)]
  return left && right ? compareVersions(left, right) === 0 : a === b
}

/** The heading of a new release in the form of an older one; in that of Keep a Changelog where it has no date. */
export function headingLike(
  { open, prefix, close, rest }: ReleaseHeading,
  {
    version,
    date,
    url,
  }: { readonly version: string; readonly date: string; readonly url: string | undefined },
): ReleaseHeading {
  const around = /^(.*?)\d{4}-\d{2}-\d{2}(\)?)/.exec(rest)
  const standard = rest.trimStart().startsWith('(') ? [' (', ')'] : [' - ', '']
  const [before, after] = around ? [around[1], around[2]] : standard
  const bracket = close.slice(0, 1)
  return {
    ...{ open, prefix, version, rest: `${before}${date}${after}` },
    ...(url === undefined ? { close: bracket } : { close: `${bracket}(${url})`, url }),
  }
}
