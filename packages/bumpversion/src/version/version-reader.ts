import type { BumpConfig } from '../config/bump-config.ts'
import { compilePattern } from '../python-regex/compile.ts'
import { completeParts, type Parts, type VersionScheme } from './version-parts.ts'

/** A version that `parse` found in a text, and what it left unread around it. */
export interface VersionReading {
  readonly parts: Parts
  readonly before: string
  readonly text: string
  readonly after: string
}

/** Looks for a version in a text as `re.search` does; `undefined` when there is none. */
export function readVersion(
  config: BumpConfig,
  scheme: VersionScheme,
  text: string,
): VersionReading | undefined {
  const [match] = compilePattern(config.parse, { verbose: true }).matchesIn(text)
  if (!match) return undefined
  const read = Object.fromEntries(
    Object.entries(match.groups ?? {}).map(([name, value]) => [name, value ?? '']),
  )
  return {
    parts: completeParts(scheme, read),
    before: text.slice(0, match.index),
    text: match[0],
    after: text.slice(match.index + match[0].length),
  }
}
