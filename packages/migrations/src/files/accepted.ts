import { meaningOf } from './migration-names.ts'

const SHORTEST_PREFIX = 8

/** Whether the input accept-checksum names this file's checksum, whole or by its first eight or more digits. */
export function isAccepted(
  accepted: ReadonlyMap<string, string> | undefined,
  file: string,
  checksum: string,
): boolean {
  const meaning = meaningOf(file)
  if (meaning.kind !== 'migration') return false
  const value = acceptedFor(accepted, meaning.version)
  return value !== undefined && isPrefixOf(value, checksum)
}

/** The value for a version, whichever way the input spells it: `007`, `7`. */
export function acceptedFor(
  accepted: ReadonlyMap<string, string> | undefined,
  version: bigint,
): string | undefined {
  return [...(accepted ?? [])].find(([label]) => versionOf(label) === version)?.[1]
}

/** Eight digits or more, in any case; the dots that our texts end a short checksum with do no harm. */
export function isPrefixOf(value: string, checksum: string): boolean {
  const digits = value.toLowerCase().replace(/…$/, '')
  return /^[0-9a-f]+$/.test(digits) && digits.length >= SHORTEST_PREFIX && checksum.startsWith(digits)
}

/** `002`, `2` and `V2` are one version; undefined for anything else. */
export function versionOf(label: string): bigint | undefined {
  const [, digits] = /^[Vv]?(\d+)$/.exec(label.trim()) ?? []
  return digits === undefined ? undefined : BigInt(digits)
}
