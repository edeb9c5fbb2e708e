import * as http from 'node:http'
import * as https from 'node:https'
import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
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
  readonly method?: 'GET' | 'POST' | 'HEAD' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string
  /** Time until the response's head is there, in ms (default 5000). */
  readonly connectMs?: number
  /** Longest time without a byte of the body, in ms (default 10000). */
  readonly stallMs?: number
  /** Hands out answers of 400 and more too, with headers and body, in place of an HttpError. */
  readonly everyStatus?: boolean
  /** Reports each chunk's size in bytes. */
  readonly onBytes?: (bytes: number) => void
}

export interface HttpResponse {
  readonly status: number
  /** A header by its name in any case; several of one name joined by commas; null when there is none. */
  readonly headers: { get(name: string): string | null }
  /** The body; it fails with an HttpError of kind `stall` when no byte comes for `stallMs` while one is waited for. */
  readonly body: Readable
}

const MOST_REDIRECTS = 5

/**
 * Sends one request and hands out the body as a stream, with a time-out until the head and a stall time-out after it.
 * Redirects are followed; credentials stay with their origin. A status of 400 or more is an HttpError; its body is
 * dropped, or kept in `message` when it is JSON. On node:http, since `fetch` costs 7 ms more at its first use and twice the
 * time for each byte.
 */
export async function open(url: string, options: HttpOptions = {}): Promise<HttpResponse> {
  const { connectMs = 5000, stallMs = 10_000 } = options
  const abort = new AbortController()
  const late = new HttpError('connect-timeout', `connect time-out, ${seconds(connectMs)}`)
  const timer = setTimeout(() => abort.abort(late), connectMs)
  try {
    const response = await follow(new URL(url), options, abort.signal)
    const status = response.statusCode ?? 0
    if (status >= 400 && !options.everyStatus) throw await refusal(response, status)
    return {
      status,
      headers: { get: name => headerOf(response, name) },
      body: Readable.from(chunks(response, stallMs, options)),
    }
  } catch (error) {
    throw asHttpError(error)
  } finally {
    clearTimeout(timer)
  }
}

/** The body of a GET or POST as text. Same errors as {@link open}. */
export async function text(url: string, options: HttpOptions = {}): Promise<string> {
  const { body } = await open(url, options)
  return textOf(body)
}

async function follow(
  url: URL,
  options: HttpOptions,
  signal: AbortSignal,
  hop = 0,
): Promise<http.IncomingMessage> {
  const response = await send(url, options, signal)
  const { statusCode = 0 } = response
  const { location } = response.headers
  if (![301, 302, 303, 307, 308].includes(statusCode) || !location) return response
  response.destroy()
  if (hop === MOST_REDIRECTS) throw new HttpError('other', `more than ${MOST_REDIRECTS} redirects`)
  const target = new URL(location, url)
  return follow(target, redirected(options, statusCode, target.origin === url.origin), signal, hop + 1)
}

/** The request after a redirect (RFC 9110 15.4): 307 and 308 repeat it, the others turn it into a GET. */
function redirected(options: HttpOptions, status: number, sameOrigin: boolean): HttpOptions {
  const { body, method = 'GET', headers = {}, ...rest } = options
  const kept = Object.entries(headers).filter(
    ([name]) => sameOrigin || name.toLowerCase() !== 'authorization',
  )
  const repeated = status === 307 || status === 308 || method === 'HEAD'
  return {
    ...rest,
    headers: Object.fromEntries(kept),
    method: repeated ? method : 'GET',
    ...(repeated && body !== undefined ? { body } : {}),
  }
}

function send(url: URL, options: HttpOptions, signal: AbortSignal): Promise<http.IncomingMessage> {
  const { method = 'GET', headers, body } = options
  const length = body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }
  return new Promise((resolve, reject) => {
    const { request } = url.protocol === 'https:' ? https : http
    request(url, { method, signal, headers: { 'user-agent': 'tokenledger-actions', ...length, ...headers } })
      .on('response', resolve)
      .on('error', reject)
      .end(body)
  })
}

async function refusal(response: http.IncomingMessage, status: number): Promise<HttpError> {
  const isJson = headerOf(response, 'content-type')?.includes('json')
  const words = isJson ? ` ${(await textOf(response)).slice(0, 500)}` : ''
  response.destroy()
  return new HttpError('status', `HTTP ${status}${words}`, status)
}

function headerOf({ headers }: http.IncomingMessage, name: string): string | null {
  const value = headers[name.toLowerCase()]
  return value === undefined ? null : [value].flat().join(', ')
}

/** The clock runs only while a byte is waited for: a slow consumer is no stall. */
async function* chunks(
  response: http.IncomingMessage,
  stallMs: number,
  { onBytes }: HttpOptions,
): AsyncGenerator<Buffer> {
  const stalled = new HttpError('stall', `no byte for ${seconds(stallMs)}`)
  let timer = setTimeout(() => response.destroy(stalled), stallMs)
  try {
    for await (const chunk of response) {
      clearTimeout(timer)
      onBytes?.((chunk as Buffer).byteLength)
      yield chunk as Buffer
      timer = setTimeout(() => response.destroy(stalled), stallMs)
    }
  } catch (error) {
    throw asHttpError(error)
  } finally {
    clearTimeout(timer)
    response.destroy()
  }
}

/** Sorts what a request throws (its own error, or one whose cause carries the code) into the kinds of {@link HttpFailure}. */
export function asHttpError(error: unknown): HttpError {
  if (error instanceof HttpError) return error
  const cause = isNativeError(error) && isNativeError(error.cause) ? error.cause : error
  if (cause instanceof HttpError) return cause
  const code = (cause as NodeJS.ErrnoException | undefined)?.code ?? ''
  const message = isNativeError(cause) ? cause.message || code : String(cause)
  if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return new HttpError('dns', `host not found (${code})`)
  if (code === 'ECONNREFUSED') return new HttpError('connect', 'connection refused')
  if (code === 'ECONNRESET' || code === 'EPIPE') {
    return new HttpError('connect', 'connection closed early')
  }
  if (code === 'ETIMEDOUT') return new HttpError('connect-timeout', 'connect time-out')
  if (/CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO_/.test(code)) return new HttpError('tls', `TLS: ${message}`)
  return new HttpError('other', message)
}

/** `5000` → `5.0 s`. */
export function seconds(ms: number): string {
  return `${(ms / 1000).toFixed(1)} s`
}
