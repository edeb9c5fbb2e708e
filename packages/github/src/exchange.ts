import type { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { http } from '@tokenledger/kit'

export type Method = NonNullable<http.HttpOptions['method']>

export interface RequestOptions {
  readonly query?: Readonly<Record<string, string | number>>
  /** Sent as JSON. */
  readonly body?: object
  /** Sent as it is, in place of `body`. */
  readonly upload?: Upload
  /** Reads the body of a 200 in place of JSON; once for each try, also of a try that ends early. */
  readonly read?: (body: Readable) => Promise<unknown>
  /** Media type (default `application/vnd.github+json`). */
  readonly accept?: string
  /** Sent again only when an answer says that nothing was done, as every POST (default false). */
  readonly once?: boolean
  /** Gives up with an AbortError, also between two tries. */
  readonly signal?: AbortSignal
}

export interface Upload extends http.StreamBody {
  readonly contentType: string
}

export interface GitHubResponse {
  readonly status: number
  readonly headers: http.HttpResponse['headers']
  /** Parsed when it is JSON, else text; undefined when empty. */
  readonly body: unknown
}

/** GitHub stores an upload before it answers; in ms. */
const UPLOAD_ANSWER_MS = 60_000

/** Sends one request and reads its answer, whatever its status. Rejects with an HttpError when there is none. */
export async function exchange(
  token: string,
  method: Method,
  url: string,
  options: RequestOptions,
): Promise<GitHubResponse> {
  const { accept, read, signal } = options
  const answer = await http.open(url, {
    method,
    everyStatus: true,
    ...(signal ? { signal } : {}),
    connectMs: options.upload ? UPLOAD_ANSWER_MS : 15_000,
    headers: {
      authorization: `Bearer ${token}`,
      accept: accept ?? 'application/vnd.github+json',
      'x-github-api-version': '2022-11-28',
      ...contentType(options),
    },
    ...bodyOf(options),
  })
  const { status, headers } = answer
  return { status, headers, body: await (read && status === 200 ? read(answer.body) : parsed(answer)) }
}

function bodyOf({ body, upload }: RequestOptions): { body?: string | http.StreamBody } {
  if (upload) return { body: upload }
  return body ? { body: JSON.stringify(body) } : {}
}

function contentType({ body, upload }: RequestOptions): Record<string, string> {
  if (upload) return { 'content-type': upload.contentType }
  return body ? { 'content-type': 'application/json' } : {}
}

/** A path of the API, or an address that GitHub named, with its query. */
export function addressOf(base: string, path: string, query: RequestOptions['query'] = {}): string {
  const parameters = new URLSearchParams()
  for (const [name, value] of Object.entries(query)) parameters.set(name, String(value))
  const address = path.startsWith('/') ? `${base}${path}` : path
  return parameters.size > 0 ? `${address}?${parameters}` : address
}

async function parsed({ headers, body }: http.HttpResponse): Promise<unknown> {
  const words = await text(body)
  if (words === '') return undefined
  if (!headers.get('content-type')?.includes('json')) return words
  try {
    return JSON.parse(words)
  } catch {
    return words
  }
}
