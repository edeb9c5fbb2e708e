import type { GitHubResponse } from './client.ts'

/** Waits before a second, third and fourth try of a server that fails, in ms. */
export const WAITS: readonly number[] = [500, 1000, 2000]

/**
 * How long to wait before a request is sent again, in ms; undefined when trying again is of no use. `next` is the wait after a
 * failure at this number of tries, undefined when there were enough. Rate limits name their
 * time (https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api): `retry-after` in seconds, or
 * `x-ratelimit-reset` in seconds since 1970 when nothing remains. The secondary limit without a header is a minute.
 */
export function retryWait(answer: GitHubResponse, next: number | undefined, now: number): number | undefined {
  if (answer.status >= 500) return next
  return next !== undefined && isRateLimit(answer) ? limitWait(answer, now) : undefined
}

/** A 403 or 429 that passes by itself, as opposed to a permission that is missing. */
export function isRateLimit({ status, headers, body }: GitHubResponse): boolean {
  if (status === 429 || hasType(body, 'RATE_LIMITED')) return true
  if (status !== 403) return false
  return (
    headers.get('retry-after') !== null ||
    headers.get('x-ratelimit-remaining') === '0' ||
    /rate limit/i.test(JSON.stringify(body ?? ''))
  )
}

/** GraphQL's way to say it, with HTTP 200. */
function hasType(body: unknown, type: string): boolean {
  const { errors } = (body ?? {}) as { errors?: unknown }
  return Array.isArray(errors) && errors.some(error => (error as { type?: string } | null)?.type === type)
}

function limitWait({ headers }: GitHubResponse, now: number): number {
  const after = headers.get('retry-after')
  if (after !== null && /^\d+$/.test(after)) return Number(after) * 1000
  const reset = headers.get('x-ratelimit-reset')
  if (headers.get('x-ratelimit-remaining') === '0' && reset !== null) {
    return Math.max(0, Number(reset) * 1000 - now)
  }
  return 60_000
}
