import * as http from 'node:http'
import * as https from 'node:https'
import { Readable } from 'node:stream'
import { text as textOf } from 'node:stream/consumers'
import { asHttpError, HttpError, seconds } from './http-error.ts'
import { type Patience, patience, type StreamBody, sendStream } from './http-upload.ts'

export { asHttpError, HttpError, type HttpFailure, seconds } from './http-error.ts'
export type { StreamBody } from './http-upload.ts'

export interface HttpOptions {
  readonly method?: 'GET' | 'POST' | 'HEAD' | 'PUT' | 'PATCH' | 'DELETE'
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | StreamBody
  /** Time until the response's head is there, in ms (default 5000); with a {@link StreamBody} it starts at its last byte. */
  readonly connectMs?: number
  /** Longest time without a byte of the body, whether it comes or goes, in ms (default 10000). */
  readonly stallMs?: number
  /** Hands out answers of 400 and more too, with headers and body, in place of an HttpError. */
  readonly everyStatus?: boolean
  /** Ends the request, also while its body is read. */
  readonly signal?: AbortSignal
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
  const wait = patience()
  wait.allow(connectMs, new HttpError('connect-timeout', `connect time-out, ${seconds(connectMs)}`))
  try {
    const response = await follow(new URL(url), { ...options, connectMs, stallMs }, wait)
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
    wait.stop()
  }
}

/** The body of a GET or POST as text. Same errors as {@link open}. */
export async function text(url: string, options: HttpOptions = {}): Promise<string> {
  const { body } = await open(url, options)
  return textOf(body)
}

/** With its times. */
type Settings = HttpOptions & { readonly connectMs: number; readonly stallMs: number }

async function follow(url: URL, options: Settings, wait: Patience, hop = 0): Promise<http.IncomingMessage> {
  const response = await send(url, options, wait)
  const { statusCode = 0 } = response
  const { location } = response.headers
  if (![301, 302, 303, 307, 308].includes(statusCode) || !location) return response
  response.destroy()
  const isRepeated = statusCode === 307 || statusCode === 308
  if (typeof options.body === 'object' && !isRepeated)
    throw new HttpError('other', 'an upload was redirected')
  if (hop === MOST_REDIRECTS) throw new HttpError('other', `more than ${MOST_REDIRECTS} redirects`)
  const target = new URL(location, url)
  return follow(target, redirected(options, statusCode, target.origin === url.origin), wait, hop + 1)
}

/** The request after a redirect (RFC 9110 15.4): 307 and 308 repeat it, the others turn it into a GET. */
function redirected(options: Settings, status: number, sameOrigin: boolean): Settings {
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

function send(url: URL, options: Settings, wait: Patience): Promise<http.IncomingMessage> {
  const { method = 'GET', body, connectMs, stallMs } = options
  const signal = options.signal ? AbortSignal.any([wait.signal, options.signal]) : wait.signal
  const length = body === undefined ? {} : { 'content-length': `${bytesOf(body)}` }
  const headers = { 'user-agent': 'tokenledger-actions', ...length, ...options.headers }
  return new Promise((resolve, reject) => {
    const protocol = url.protocol === 'https:' ? https : http
    const request = protocol.request(url, { method, signal, headers })
    request.on('error', reject).on('response', response => {
      // A body that was not sent to its end would keep the connection open for ever.
      response.once('close', () => request.writableEnded || request.destroy())
      resolve(response)
    })
    if (typeof body === 'object') {
      const times = { stallMs, answerMs: connectMs }
      sendStream(request, body, wait, times).catch((error: Error) => request.destroy(error))
    } else request.end(body)
  })
}

function bytesOf(body: string | StreamBody): number {
  return typeof body === 'string' ? Buffer.byteLength(body) : body.bytes
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
