import { compare } from '@renovatebot/pep440'
import { rankOf, wheelTag } from './artifact.ts'
import type { Platform } from './platform.ts'
import type { UvRequest } from './request.ts'

/** Version → release archive's target triple or wheel's platform tag → SHA-256 in hex. */
export type DigestTable = Readonly<Record<string, Readonly<Record<string, string>>>>

export interface ExpectedDigest {
  readonly sha256: string
  /** Who says so, in the word for the error message. */
  readonly origin: 'bundled' | 'uv-checksum' | 'uv.lock' | 'manifest' | 'index'
}

/** The digests that ship with this action. Loaded only when a download or a range needs them: the file is most of our bytes. */
export async function knownDigests(): Promise<DigestTable> {
  const { default: table } = await import('./uv-digests.json', { with: { type: 'json' } })
  return table as DigestTable
}

/** The table's versions, newest first. */
export function knownVersions(table: DigestTable): string[] {
  return Object.keys(table).sort((a, b) => compare(b, a))
}

/** What the release archive of a version has to hash to, by the user or by our table. */
export function archiveDigest(
  table: DigestTable,
  { checksum }: Pick<UvRequest, 'checksum'>,
  version: string,
  { triple }: Platform,
): ExpectedDigest | undefined {
  if (checksum) return { sha256: checksum.trim().toLowerCase(), origin: 'uv-checksum' }
  const sha256 = table[version]?.[triple]
  return sha256 ? { sha256, origin: 'bundled' } : undefined
}

/** What a wheel has to hash to: by the project's lock, which may pin an index's own build, else by our table. */
export function wheelDigest(
  table: DigestTable,
  { lockedWheels = [] }: Pick<UvRequest, 'lockedWheels'>,
  version: string,
  filename: string,
): ExpectedDigest | undefined {
  const locked = lockedWheels.find(wheel => wheel.filename === filename)
  if (locked) return { sha256: locked.sha256.toLowerCase(), origin: 'uv.lock' }
  const sha256 = table[version]?.[wheelTag(filename, version) ?? '']
  return sha256 ? { sha256, origin: 'bundled' } : undefined
}

/** Whether any wheel of the version for the platform has a digest, so that asking an index makes sense. */
export function knowsWheel(
  table: DigestTable,
  { lockedWheels = [] }: Pick<UvRequest, 'lockedWheels'>,
  version: string,
  platform: Platform,
): boolean {
  const locked = lockedWheels.map(({ filename }) => wheelTag(filename, version) ?? '')
  return [...locked, ...Object.keys(table[version] ?? {})].some(tag => rankOf(tag, platform) !== undefined)
}
