import { isNativeError } from 'node:util/types'

/** `body`: what was to be sent could not be read. */
export type HttpFailure =
  | 'dns'
  | 'connect'
  | 'connect-timeout'
  | 'tls'
  | 'stall'
  | 'status'
  | 'body'
  | 'other'

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
