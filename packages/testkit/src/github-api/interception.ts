import { json, type Reply } from '../loopback/server.ts'

/** A request on its way: before anything is done, or when all is done and the answer is about to go. */
export interface Call {
  /** Of all requests since the start, from 1. */
  readonly number: number
  /** `POST /repos/{owner}/{repo}/git/refs`, `POST /graphql createCommitOnBranch`; method and path of what is not served. */
  readonly operation: string
  readonly phase: 'before' | 'after'
}

/** The connection is reset, or this is answered; `retryAfter` in seconds. */
export type Break = InUpload &
  (
    | { readonly reset: true }
    | { readonly status: number; readonly body?: object | string; readonly retryAfter?: number }
  )

/** What else a break does to the upload of an asset, `before` its effect. */
interface InUpload {
  /** So many bytes of the asset arrive first. */
  readonly afterBytes?: number
  /** An asset of no bytes stays behind, its state `starter`. */
  readonly leavesStarter?: boolean
}

/** Looks at each request twice; what it gives breaks the request there, with or without its effect. */
export type RequestHook = (call: Call) => Break | undefined | Promise<Break | undefined>

/** Which requests break: an operation that contains these words, so many times (default 1). */
export interface BreakRule {
  readonly operation: string
  readonly phase: Call['phase']
  readonly with: Break
  readonly times?: number
}

/** Ways in which GitHub and the way to it fail. */
export const BREAKS = {
  badGateway: { status: 502, body: '<html>Bad Gateway</html>' },
  reset: { reset: true },
  /** What GitHub documents for uploads. */
  starterLeft: { status: 502, body: '<html>Bad Gateway</html>', leavesStarter: true },
  resetInUpload: { reset: true, afterBytes: 1 },
  resetLeavingStarter: { reset: true, afterBytes: 1, leavesStarter: true },
  forbidden: { status: 403, body: { message: 'Resource not accessible by integration' } },
  tooMany: { status: 429, body: { message: 'Too many requests' }, retryAfter: 1 },
  secondaryLimit: {
    status: 403,
    body: {
      message: 'You have exceeded a secondary rate limit. Please wait a few minutes before you try again.',
    },
    retryAfter: 1,
  },
} as const satisfies Readonly<Record<string, Break>>

export interface Interception {
  add(hook: RequestHook): () => void
  /** What the first hook says that wants to break this. */
  at(call: Call): Promise<Break | undefined>
}

export function interception(): Interception {
  const hooks: RequestHook[] = []
  return {
    add(hook) {
      hooks.push(hook)
      return () => void hooks.splice(hooks.indexOf(hook), 1)
    },
    async at(call) {
      for (const hook of [...hooks]) {
        const found = await hook(call)
        if (found) return found
      }
      return undefined
    },
  }
}

export function hookOf({ operation, phase, with: broken, times = 1 }: BreakRule): RequestHook {
  let left = times
  return call =>
    call.phase === phase && call.operation.includes(operation) && left-- > 0 ? broken : undefined
}

/** The answer of a break; `reset` is none. */
export function replyOf(broken: Break): Reply | 'reset' {
  if ('reset' in broken) return 'reset'
  const { status, body = { message: `injected ${status}` }, retryAfter } = broken
  const headers: Record<string, string> = retryAfter === undefined ? {} : { 'retry-after': `${retryAfter}` }
  return typeof body === 'string' ? { status, headers, body } : json(status, body, headers)
}
