import { createHash, randomUUID } from 'node:crypto'
import type { Incoming, Reply } from '../loopback/server.ts'
import { ApiError } from './api-error.ts'

const LIMIT = 5000
const DEFAULT_PAGE = 30
const LARGEST_PAGE = 100

/** GitHub's answer to wrong or absent credentials; it hides a private repository from readers without any. */
export function refuse({ method, headers }: Incoming, token: string | undefined): ApiError | undefined {
  const given = /^(?:token|bearer) +(.+)$/i.exec(headers.authorization ?? '')?.[1]
  if (!given)
    return method === 'GET' ? new ApiError(404, 'Not Found') : new ApiError(401, 'Requires authentication')
  return token === undefined || given === token ? undefined : new ApiError(401, 'Bad credentials')
}

/** The page that `per_page` and `page` ask for, and the Link header that leads to the others. */
export function paginate(
  items: readonly unknown[],
  { query }: Incoming,
  address: string,
): { page: readonly unknown[]; link: Record<string, string> } {
  const size = Math.min(Number(query.get('per_page')) || DEFAULT_PAGE, LARGEST_PAGE)
  const number = Number(query.get('page')) || 1
  const last = Math.max(1, Math.ceil(items.length / size))
  const to = (page: number, rel: string) => {
    const target = new URLSearchParams(query)
    target.set('page', `${page}`)
    return `<${address}?${target}>; rel="${rel}"`
  }
  const links = [
    ...(number > 1 ? [to(number - 1, 'prev'), to(1, 'first')] : []),
    ...(number < last ? [to(number + 1, 'next'), to(last, 'last')] : []),
  ]
  return {
    page: items.slice((number - 1) * size, number * size),
    link: links.length > 0 ? { link: links.join(', ') } : {},
  }
}

/** Adds GitHub's headers; an unchanged answer to If-None-Match becomes a 304 without a body. */
export function finished(reply: Reply, { method, headers }: Incoming, used: number): Reply {
  const etag = `W/"${createHash('sha256')
    .update(reply.body?.toString() ?? '')
    .digest('hex')}"`
  const readable = method === 'GET' && reply.status === 200
  const unchanged = readable && headers['if-none-match'] === etag
  const all = {
    ...reply.headers,
    'x-github-request-id': randomUUID(),
    'x-github-media-type': 'github.v3; format=json',
    'x-ratelimit-limit': `${LIMIT}`,
    'x-ratelimit-remaining': `${Math.max(0, LIMIT - used)}`,
    'x-ratelimit-reset': `${Math.ceil(Date.now() / 1000) + 3600}`,
    'x-ratelimit-resource': 'core',
    'x-ratelimit-used': `${used}`,
    ...(readable ? { etag } : {}),
  }
  return unchanged ? { status: 304, headers: all } : { ...reply, headers: all }
}
