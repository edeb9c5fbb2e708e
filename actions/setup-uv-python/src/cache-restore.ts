import { rmSync } from 'node:fs'
import { Readable } from 'node:stream'
import { http } from '@tokenledger/kit'
import { extract } from './archive.ts'
import { type CacheService, type Compression, isRetryable, lookUp, troubleOf } from './cache-service.ts'
import { megabytes } from './report.ts'

export interface RestoreRequest {
  readonly service: CacheService
  readonly key: string
  readonly restorePrefix: string
  /** Absolute paths that the entry holds; removed again when a restore breaks off, since half a file would be trusted. */
  readonly paths: readonly string[]
  readonly version: string
  readonly compression: Compression
  /** GITHUB_WORKSPACE: the names in the archive are relative to it. */
  readonly workspace: string
  /** Longest time without a byte, in ms. */
  readonly stallMs: number
}

export type RestoreResult =
  | { readonly kind: 'hit'; readonly key: string; readonly bytes: number }
  | { readonly kind: 'miss' }
  | { readonly kind: 'trouble'; readonly warning: string }

interface Progress {
  received: number
  total: number
}

/** Looks an entry up and streams it through the decompressor into `tar`; no file in between. Never throws. */
export async function restore(request: RestoreRequest): Promise<RestoreResult> {
  const progress: Progress = { received: 0, total: 0 }
  try {
    const { service, key, restorePrefix, version, compression, workspace, stallMs } = request
    const found = await lookUp(service, { key, restoreKeys: [restorePrefix], version })
    if (found.kind === 'absent') return { kind: 'miss' }
    const body = Readable.from(download(found.downloadUrl, stallMs, progress))
    await extract(body, compression, workspace)
    return { kind: 'hit', key: found.key, bytes: progress.received }
  } catch (error) {
    if (progress.received > 0) {
      for (const path of request.paths) rmSync(path, { recursive: true, force: true })
    }
    return { kind: 'trouble', warning: restoreWarning(error, progress, request.stallMs) }
  }
}

/** The body of a blob. When it stalls or breaks off, the rest is asked for once more, from the byte that is missing. */
async function* download(url: string, stallMs: number, progress: Progress): AsyncGenerator<Buffer> {
  for (let attempt = 1; ; attempt++) {
    try {
      const from = progress.received
      const headers = { 'accept-encoding': 'identity', ...(from > 0 ? { range: `bytes=${from}-` } : {}) }
      const response = await http.open(url, { stallMs, headers })
      if (from > 0 && response.status !== 206) throw new Error('the storage cannot resume a download')
      progress.total ||= Number(response.headers.get('content-length'))
      for await (const chunk of response.body) {
        progress.received += (chunk as Buffer).length
        yield chunk as Buffer
      }
      return
    } catch (error) {
      if (attempt === 2 || !isRetryable(error)) throw error
    }
  }
}

/** The warning of a restore that came to nothing. */
export function restoreWarning(
  error: unknown,
  { received, total }: Readonly<Progress>,
  stallMs: number,
): string {
  if (error instanceof http.HttpError && error.kind === 'stall') {
    const where = total > 0 ? `${megabytes(received)} of ${megabytes(total)} MB` : `${megabytes(received)} MB`
    return `Cache restore stalled at ${where} for ${stallMs / 1000} s; continuing without it.`
  }
  return `Cache restore failed (${troubleOf(error)}); continuing without it.`
}
