import type { Blob, BlobStore } from './blob-store.ts'
import type { Claims } from './tokens.ts'
import { type Fields, need, TwirpError, type TwirpMethod, uploadedSize } from './twirp.ts'

export interface CacheEntry {
  readonly id: number
  readonly key: string
  /** Hash of paths and compression that the client computes; entries of another version are never found. */
  readonly version: string
  /** The ref that wrote it. */
  readonly scope: string
  /** `reserved` until the upload is finalized; then it can be found and `size` holds its bytes. */
  state: 'reserved' | 'saved'
  size: number
  /** Path of the archive. */
  readonly file: string
}

interface StoredEntry extends CacheEntry {
  readonly blob: Blob
}

export interface CacheServiceOptions {
  readonly blobs: BlobStore
  readonly signedUrl: (blob: Blob, access: 'read' | 'write') => string
  readonly isReadOnly: (token: string) => boolean
}

/** GitHub's CacheService v2. Look-up order: own scope, then the others; in each exact, then the newest with a prefix. */
export function cacheService({ blobs, signedUrl, isReadOnly }: CacheServiceOptions) {
  const entries: StoredEntry[] = []

  const CreateCacheEntry: TwirpMethod = (fields, claims, token) => {
    const scope = claims.scopes.find(({ access }) => access !== 'read')?.ref
    if (!scope || isReadOnly(token)) {
      const reason = 'cache write denied: the token of this run has no writable cache scope'
      throw new TwirpError(403, 'permission_denied', reason)
    }
    const [key, version] = [need(fields, 'key'), need(fields, 'version')]
    if (find(entries, key, version, scope)) {
      const reason = 'cache entry with the same key, version, and scope already exists'
      throw new TwirpError(409, 'already_exists', reason)
    }
    const blob = blobs.create()
    const id = entries.length + 1
    entries.push({ id, key, version, scope, state: 'reserved', size: 0, file: blob.file, blob })
    return { ok: true, signed_upload_url: signedUrl(blob, 'write'), message: '' }
  }

  const FinalizeCacheEntryUpload: TwirpMethod = (fields, claims) => {
    const writable = claims.scopes.filter(({ access }) => access !== 'read')
    const [key, version] = [need(fields, 'key'), need(fields, 'version')]
    const entry = writable.map(({ ref }) => find(entries, key, version, ref)).find(found => found)
    if (!entry) throw new TwirpError(404, 'not_found', 'cache entry not found')
    entry.size = uploadedSize(blobs, entry.blob, need(fields, 'size_bytes'))
    entry.state = 'saved'
    return { ok: true, entry_id: `${entry.id}`, message: '' }
  }

  const GetCacheEntryDownloadURL: TwirpMethod = (fields, claims) => {
    const readable = claims.scopes.filter(({ access }) => access !== 'write')
    if (readable.length === 0) {
      const reason = 'cache read denied: the token of this run has no readable cache scope'
      throw new TwirpError(403, 'permission_denied', reason)
    }
    const hit = lookUp(entries, fields, readable)
    return hit
      ? { ok: true, signed_download_url: signedUrl(hit.blob, 'read'), matched_key: hit.key }
      : { ok: false, signed_download_url: '', matched_key: '' }
  }

  return { entries, methods: { CreateCacheEntry, FinalizeCacheEntryUpload, GetCacheEntryDownloadURL } }
}

function find(entries: readonly StoredEntry[], key: string, version: string, scope: string) {
  return entries.find(entry => entry.key === key && entry.version === version && entry.scope === scope)
}

function lookUp(
  entries: readonly StoredEntry[],
  fields: Fields,
  readable: Claims['scopes'],
): StoredEntry | undefined {
  const [key, version] = [need(fields, 'key'), need(fields, 'version')]
  const prefixes = [key, ...((fields.restore_keys as string[] | undefined) ?? [])]
  for (const { ref } of readable) {
    const usable = entries.filter(
      entry => entry.state === 'saved' && entry.version === version && entry.scope === ref,
    )
    const exact = usable.find(entry => entry.key === key)
    if (exact) return exact
    for (const prefix of prefixes) {
      const newest = usable.findLast(entry => entry.key.startsWith(prefix))
      if (newest) return newest
    }
  }
  return undefined
}
