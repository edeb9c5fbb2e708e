import { Readable } from 'node:stream'
import { isNativeError } from 'node:util/types'

export type HttpFailure = 'dns' | 'connect' | 'connect-timeout' | 'tls' | 'stall' | 'status' | 'other'

/** A request that failed, with its kind and a few words that fit into a list of failed sources. */
export class HttpError extends Error {
  override readonly name = 'HttpError'
  readonly kind: HttpFailure
  /** HTTP status when `kind` is `status`. */
  readonly status: number | undefined

  constructor(kind: HttpFailure, message: string, status?: number) {
    super(message)
    this.kind = kind
    this.status = status
  }
}

export interface HttpOptions {
  readonly method?: 'GET' | 'POST' | 'HEAD'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Time until the response's head is there, in ms (default 5000). */
  readonly connectMs?: number
  /** Longest time without a byte of the body, in ms (default 10000). */
  readonly stallMs?: number
  /** Reports each chunk's size in bytes. */
  readonly onBytes?: (bytes: number) => void
}

export interface HttpResponse {
  readonly status: number
  readonly headers: Headers
  /** The body; it fails with an HttpError of kind `stall` when no byte comes for `stallMs`. */
  readonly body: Readable
}

/**
 * Sends one request and hands out the body as a stream, with a time-out until the head and a stall time-out after it.
 * Redirects are followed. A status of 400 or more is an HttpError; the body is then dropped, or kept in `message` for JSON.
 */
export async function open(url: string, options: HttpOptions = {}): Promise<HttpResponse> {
  const { connectMs = 5000, stallMs = 10_000 } = options
  const abort = new AbortController()
  const timer = setTimeout(
    () => abort.abort(new HttpError('connect-timeout', `connect time-out, ${seconds(connectMs)}`)),
    connectMs,
  )
  let response: Response
  try {
    response = await fetch(url, {
      method: options.method ?? 'GET',
      signal: abort.signal,
      ...(options.headers ? { headers: { ...options.headers } } : {}),
      ...(options.body !== undefined ? { body: options.body } : {}),
    })
  } catch (error) {
    throw asHttpError(error)
  } finally {
    clearTimeout(timer)
  }
  if (response.status >= 400) {
    const text = response.headers.get('content-type')?.includes('json')
      ? (await response.text()).slice(0, 500)
      : ''
    if (!text) await response.body?.cancel()
    throw new HttpError('status', `HTTP ${response.status}${text ? ` ${text}` : ''}`, response.status)
  }
  return {
    status: response.status,
    headers: response.headers,
    body: Readable.from(chunks(response, abort, stallMs, options)),
  }
}

/** The body of a GET or POST as text. Same errors as {@link open}. */
export async function text(url: string, options: HttpOptions = {}): Promise<string> {
  const parts: Buffer[] = []
  for await (const part of (await open(url, options)).body) parts.push(part as Buffer)
  return Buffer.concat(parts).toString('utf8')
}

async function* chunks(
  response: Response,
  abort: AbortController,
  stallMs: number,
  { onBytes }: HttpOptions,
): AsyncGenerator<Uint8Array> {
  if (!response.body) return
  const stalled = new HttpError('stall', `no byte for ${seconds(stallMs)}`)
  const timer = setTimeout(() => abort.abort(stalled), stallMs)
  try {
    for await (const chunk of response.body) {
      timer.refresh()
      onBytes?.(chunk.byteLength)
      yield chunk
      timer.refresh()
    }
  } catch (error) {
    throw asHttpError(error)
  } finally {
    clearTimeout(timer)
  }
}

/** Sorts what `fetch` throws (a TypeError whose cause carries the code) into the kinds of {@link HttpFailure}. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  const cause = isNativeError(error) && isNativeError(error.cause) ? error.cause : error
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? ''
  const message = isNativeError(cause) ? cause.message || code : String(cause)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new HttpError('dns', `host not found (${code})`)
  if (code === 'ECONNREFUSED') return new HttpError('connect', 'connection refused')
  if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET' || code === 'EPIPE') {
    return new HttpError('connect', 'connection closed early')
  }
  if (code === 'UND_ERR_CONNECT_TIMEOUT' || code === 'ETIMEDOUT')
    return new HttpError('connect-timeout', 'connect time-out')
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code)) return new HttpError('tls', `TLS: ${message}`)
  return new HttpError('other', message)
}

/** `5000` → `5.0 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
