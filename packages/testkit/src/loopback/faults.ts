/** Which requests a fault hits; without `method` and `path` it hits every one. */
interface Target {
  readonly method?: string
  /** A part of the path, or a pattern that matches it. */
  readonly path?: string | RegExp
  /** How many requests it hits before it is used up (default: no end). */
  readonly times?: number
  /** Wait before anything else happens, in ms. */
  readonly delayMs?: number
}

/** Answers instead of the service; `retryAfter` in seconds. */
interface Answer {
  readonly status: number
  readonly body?: string | object
  readonly retryAfter?: number
  readonly stallAfterBytes?: never
  readonly reset?: never
}

/** Sends so many bytes of the real answer's body and then nothing more, with the connection open. */
interface Stall {
  readonly stallAfterBytes: number
  readonly status?: never
  readonly reset?: never
}

/** Closes the connection with a reset. */
interface Reset {
  readonly reset: true
  readonly status?: never
  readonly stallAfterBytes?: never
}

/** Only waits; the service then answers as always. */
interface Delay {
  readonly delayMs: number
  readonly status?: never
  readonly stallAfterBytes?: never
  readonly reset?: never
}

export type FaultRule = Target & (Answer | Stall | Reset | Delay)

export interface FaultPlan {
  /** Adds a rule; earlier rules win. The function that comes back takes it away again. */
  add(rule: FaultRule): () => void
  /** The rule that hits this request, counted as used once. */
  next(method: string, path: string): FaultRule | undefined
}

export function faultPlan(): FaultPlan {
  const active: { rule: FaultRule; left: number }[] = []
  return {
    add(rule) {
      const entry = { rule, left: rule.times ?? Number.POSITIVE_INFINITY }
      active.push(entry)
      return () => {
        entry.left = 0
      }
    },
    next(method, path) {
      const entry = active.find(({ rule, left }) => left > 0 && hits(rule, method, path))
      if (entry) entry.left--
      return entry?.rule
    },
  }
}

function hits({ method, path }: Target, requestMethod: string, requestPath: string): boolean {
  if (method && method !== requestMethod) return false
  if (path === undefined) return true
  return typeof path === 'string' ? requestPath.includes(path) : path.test(requestPath)
}
