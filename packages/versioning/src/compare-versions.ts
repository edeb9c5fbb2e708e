import { compare } from '@renovatebot/pep440'
import { normalizedVersion } from './format-version.ts'
import type { VersionParts } from './version.ts'

/**
 * PEP 440's order: negative, zero or positive as `a` is lower than, equal to or higher than `b`. Spellings do not count:
 * `1.0` equals `1.0.0`, `1.0.0-rc.1` equals `1.0.0rc1`.
 */
export function compareVersions(a: VersionParts, b: VersionParts): number {
  return compare(publicPart(a), publicPart(b)) || compareLocals(a.local, b.local)
}

function publicPart({ local: _, ...parts }: VersionParts): string {
  return normalizedVersion(parts)
}

/** None is lowest; segment by segment, words below numbers; the longer is higher when all shared segments are equal. */
function compareLocals(a: string | undefined, b: string | undefined): number {
  if (a === undefined || b === undefined) return Number(a !== undefined) - Number(b !== undefined)
  const [left, right] = [a.split('.'), b.split('.')]
  for (const [index, segment] of left.entries()) {
    const other = right[index]
    if (other === undefined) return 1
    const order = compareSegments(segment, other)
    if (order !== 0) return order
  }
  return left.length - right.length
}

function compareSegments(a: string, b: string): number {
  const [aIsNumber, bIsNumber] = [a, b].map(segment => /^\d+$/.test(segment))
  if (aIsNumber !== bIsNumber) return aIsNumber ? 1 : -1
  if (aIsNumber && a.length !== b.length) return a.length - b.length
  if (a === b) return 0
  return a < b ? -1 : 1
}
