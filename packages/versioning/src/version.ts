import { parse } from '@renovatebot/pep440'
import { spellingOf } from './spelling.ts'

/**
 * How a prerelease is written: `1.0.0rc1` (PEP 440's normal form) or `1.0.0-rc.1` (semver's). A version that both write
 * the same way, such as 1.2.3, counts as `pep440`.
 */
export type Spelling = 'pep440' | 'semver'

export type PrereleaseLabel = 'a' | 'b' | 'rc'

/** The segments of a version, free of how it is written (PEP 440, "Version scheme"). */
export interface VersionParts {
  readonly epoch: number
  /** At least one number. */
  readonly release: readonly number[]
  readonly pre?: { readonly label: PrereleaseLabel; readonly number: number }
  readonly post?: number
  readonly dev?: number
  /** Normalised: lower case, dots between its segments. */
  readonly local?: string
}

export interface Version extends VersionParts {
  /** As it was written, without white space around it. */
  readonly text: string
  readonly spelling: Spelling
}

/**
 * Reads every spelling of PEP 440, semver's `1.0.0-rc.1` among them (which PEP 440 reads the same way). Undefined for any
 * other text, and for a number above 2^53 - 1, which could not be counted up.
 */
export function parseVersion(text: string): Version | undefined {
  const trimmed = text.trim()
  const parsed = parse(trimmed)
  if (!parsed) return undefined
  const { epoch, release } = parsed
  const [pre, post, dev] = [parsed.pre, parsed.post, parsed.dev].map(letterAndNumber)
  const numbers = [epoch, ...release, pre?.number, post?.number, dev?.number]
  if (!numbers.every(number => number === undefined || Number.isSafeInteger(number))) return undefined
  const local = localOf(trimmed)
  return {
    text: trimmed,
    spelling: spellingOf(trimmed),
    epoch,
    release,
    ...(pre ? { pre: { label: pre.label as PrereleaseLabel, number: pre.number } } : {}),
    ...(post ? { post: post.number } : {}),
    ...(dev ? { dev: dev.number } : {}),
    ...(local !== undefined ? { local } : {}),
  }
}

/** Whether an installer passes it over unless asked: it has a pre or a dev segment; a post release is final. */
export function isPrerelease(version: VersionParts): boolean {
  return version.pre !== undefined || version.dev !== undefined
}

/** The library's pairs, such as `['rc', 1]`. */
function letterAndNumber(pair: readonly (string | number)[] | null) {
  return pair ? { label: String(pair[0]), number: Number(pair[1]) } : undefined
}

/** The library takes `1e5` for a number in a local label; PEP 440 means only digits. */
function localOf(text: string): string | undefined {
  const [, local] = text.split('+')
  return local
    ?.toLowerCase()
    .split(/[._-]/)
    .map(segment => (/^\d+$/.test(segment) ? segment.replace(/^0+(?=\d)/, '') : segment))
    .join('.')
}
