import { isNativeError } from 'node:util/types'
import { ForeignServer } from './foreign-server.ts'

/** Why a database is not ready yet; a later try may succeed. */
export type NotYet = 'refused' | 'broken' | 'silent' | 'unknown-name' | 'starting' | 'full' | 'no-database'

/** Why no further try will succeed. */
export type Never =
  | 'password'
  | 'no-password'
  | 'no-role'
  | 'not-allowed'
  | 'no-tls'
  | 'certificate'
  | 'host-mismatch'
  | 'tls'
  | 'foreign'
  | 'other'

export type Verdict =
  | { readonly kind: 'not-yet'; readonly reason: NotYet; readonly limitMs?: number }
  | { readonly kind: 'never'; readonly reason: Never }

/** System errors of a server, a socket file or a container's network that is about to come up. */
const SYSTEM: Readonly<Record<string, NotYet>> = {
  ECONNREFUSED: 'refused',
  ENOENT: 'refused',
  EHOSTUNREACH: 'refused',
  ENETUNREACH: 'refused',
  ECONNRESET: 'broken',
  EPIPE: 'broken',
  ETIMEDOUT: 'silent',
  EAI_AGAIN: 'unknown-name',
  ENOTFOUND: 'unknown-name',
}

/** SQLSTATEs (documentation, appendix "PostgreSQL Error Codes"). */
const SERVER: Readonly<Record<string, NotYet>> = {
  '57P01': 'starting', // admin_shutdown
  '57P02': 'starting', // crash_shutdown
  '57P03': 'starting', // cannot_connect_now
  '53300': 'full', // too_many_connections
  '3D000': 'no-database', // invalid_catalog_name
}

/** How long a reason may last at the most, in ms: a wrong name does not mend itself, but containers get theirs a bit late. */
const LIMITS: Partial<Record<NotYet, number>> = { 'unknown-name': 10_000, 'no-database': 5000 }

/** Whether a failed login or first query is worth another try, and why. */
export function verdictOf(error: unknown): Verdict {
  const code = codeOf(error)
  const message = isNativeError(error) ? error.message : ''
  const reason = SYSTEM[code] ?? SERVER[code] ?? passing(message)
  if (!reason || error instanceof ForeignServer)
    return { kind: 'never', reason: neverOf(error, code, message) }
  const limitMs = LIMITS[reason]
  return { kind: 'not-yet', reason, ...(limitMs ? { limitMs } : {}) }
}

/** Texts without a code: pg's own, and PgBouncer's about the server behind it. */
function passing(message: string): NotYet | undefined {
  if (/terminated unexpectedly|Connection terminated/.test(message)) return 'broken'
  if (message === 'timeout expired') return 'silent'
  if (/error establishing an SSL connection/.test(message)) return 'starting'
  if (/query_wait_timeout/.test(message)) return 'full'
  if (/cannot connect to server|server_login_retry|server conn crashed/.test(message)) return 'starting'
  return undefined
}

function neverOf(error: unknown, code: string, message: string): Never {
  if (error instanceof ForeignServer) return 'foreign'
  if (code === '28P01') return 'password'
  if (/client password must be|password must be a (non-empty )?string/i.test(message)) return 'no-password'
  if (code === '28000') return /^role .* does not exist/.test(message) ? 'no-role' : 'not-allowed'
  if (lacksTls(error)) return 'no-tls'
  if (code === 'ERR_TLS_CERT_ALTNAME_INVALID') return 'host-mismatch'
  if (isTlsFailure(error)) return /CERT|SIGNED|ISSUER|SIGNATURE/.test(code) ? 'certificate' : 'tls'
  return 'other'
}

/** The server has no TLS: it answered the request for it with `N`. */
export function lacksTls(error: unknown): boolean {
  return isNativeError(error) && error.message === 'The server does not support SSL connections'
}

/** OpenSSL's and Node's codes for a handshake or a certificate that failed. */
export function isTlsFailure(error: unknown): boolean {
  return /^(ERR_TLS_|ERR_SSL_|ERR_OSSL_|EPROTO$|CERT_|CRL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_|INVALID_(CA|PURPOSE)|HOSTNAME_MISMATCH|PATH_LENGTH_EXCEEDED)/.test(
    codeOf(error),
  )
}

/** SQLSTATE class 28, invalid authorization: pg_hba.conf, role or password. */
export function isServerRefusal(error: unknown): boolean {
  return /^28...$/.test(codeOf(error))
}

function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | undefined)?.code ?? '')
}

/**
 * What an error says; of a name with several addresses the IPv4 one's, as PostgreSQL's port is mapped there. Node's advice
 * about its own options is left out, as nobody can give them to an action.
 */
export function messageOfLogin(error: unknown): string {
  if (!isNativeError(error)) return String(error)
  const errors = 'errors' in error && Array.isArray(error.errors) ? error.errors : []
  const shown = errors.find(({ address }) => /^\d+\./.test(address ?? '')) ?? errors[0] ?? error
  const message = String(shown.message || codeOf(shown) || 'unknown error')
  return message.replace(/; if the root CA is installed locally.*/, '')
}
