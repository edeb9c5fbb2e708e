import { createHash } from 'node:crypto'
import { http, mask, retry } from '@tokenledger/kit'

/** The v2 cache service of this job. */
export interface CacheService {
  /** ACTIONS_RESULTS_URL */
  readonly url: string
  /** ACTIONS_RUNTIME_TOKEN */
  readonly token: string
}

export type Lookup =
  | { readonly kind: 'found'; readonly key: string; readonly downloadUrl: string }
  | { readonly kind: 'absent' }

export interface LookupRequest {
  readonly key: string
  /** Prefixes to fall back to, best first. */
  readonly restoreKeys: readonly string[]
  /** See {@link archiveVersion}. */
  readonly version: string
}

/**
 * Asks for an entry by key, then by prefix. Wire format: Twirp JSON, as @actions/cache 6.3 sends it. A server error or a
 * broken connection is tried once more; a refusal (403, 429) is not. Throws an http.HttpError.
 */
export async function lookUp(service: CacheService, request: LookupRequest): Promise<Lookup> {
  const path = '/twirp/github.actions.results.api.v1.CacheService/GetCacheEntryDownloadURL'
  const body = { key: request.key, restore_keys: request.restoreKeys, version: request.version }
  const call = () =>
    http.text(new URL(path, service.url).href, {
      method: 'POST',
      headers: { authorization: `Bearer ${service.token}`, 'content-type': 'application/json' },
      body: JSON.stringify(body),
    })
  const answer = JSON.parse(await retry(call, { attempts: 2, delayMs: 500, isRetryable }))
  if (!answer.ok) return { kind: 'absent' }
  const signature = new URL(answer.signed_download_url).searchParams.get('sig')
  if (signature) mask(signature)
  return { kind: 'found', key: answer.matched_key, downloadUrl: answer.signed_download_url }
}

/** True for what a second try can mend. */
export function isRetryable(error: unknown): boolean {
  if (!(error instanceof http.HttpError)) return false
  return error.kind === 'status' ? (error.status ?? 0) >= 500 : error.kind !== 'tls'
}

/** A failure in a few words: `HTTP 403: cache read denied: …` instead of the answer's JSON. */
export function troubleOf(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const [, status, json] = /^HTTP (\d+) (\{.*)$/s.exec(message) ?? []
  if (!json) return message
  const reason = /"msg"\s*:\s*"((?:[^"\\]|\\.)*)"/.exec(json)?.[1]
  return `HTTP ${status}${reason ? `: ${reason}` : ''}`
}

/** Names that @actions/cache gives to the compression of an archive; they are part of {@link archiveVersion}. */
export type Compression = 'zstd-without-long' | 'gzip'

/** The rule of @actions/cache: zstd when a program of that name is on PATH, although this action needs none to read. */
export function compressionOf(hasZstdProgram: boolean): Compression {
  return hasZstdProgram ? 'zstd-without-long' : 'gzip'
}

/** The "version" of an entry, which both sides have to agree on: paths, compression and system, as @actions/cache 6.3 hashes them. */
export function archiveVersion(
  paths: readonly string[],
  compression: Compression,
  platform: NodeJS.Platform,
): string {
  const parts = [...paths, compression, ...(platform === 'win32' ? ['windows-only'] : []), '1.0']
  return createHash('sha256').update(parts.join('|')).digest('hex')
}
