import { isSingleLabel, looksLocal } from './hosts.ts'
import { messageOfLogin, type Never, type NotYet } from './readiness.ts'
import { redactor } from './secrets.ts'
import { placeOf, type Target } from './target.ts'

/** `60 s`, `1.5 s` */
export function secondsOf(ms: number): string {
  return `${Math.round(ms / 100) / 10} s`
}

/** What a login's error says, without the password, on one line. */
export function saidBy(error: unknown, target: Target): string {
  return redactor(target)(messageOfLogin(error)).replace(/\s*\n\s*/g, ' ')
}

/** The failure after the last try of something that a later try might have mended. */
export function notReadyText(
  reason: NotYet,
  error: unknown,
  target: Target,
  { waitedMs, attempts }: { readonly waitedMs: number; readonly attempts: number },
): string {
  const { host, port, database } = target
  if (reason === 'no-database') {
    return `Database "${database}" does not exist on ${host}:${port} (3D000), not after ${secondsOf(waitedMs)} either. Check POSTGRES_DB against database-url.`
  }
  const tries = attempts === 1 ? '1 attempt' : `${attempts} attempts`
  const said = reason === 'silent' ? `no answer from ${host}:${port}` : saidBy(error, target)
  return `Database not ready after ${secondsOf(waitedMs)}: ${said} (${tries}). ${hintFor(reason, target)}`
}

function hintFor(reason: Exclude<NotYet, 'no-database'>, { host }: Target): string {
  switch (reason) {
    case 'refused':
      return looksLocal(host)
        ? 'Is the service\'s port mapped ("ports: - 5432:5432")? In a container job the host is the service name, not localhost.'
        : 'Check host and port of database-url, and whether a firewall lets this runner in.'
    case 'unknown-name':
      return unknownNameHint(host)
    case 'broken':
      return 'The server ends the connection during the login; its own log says why.'
    case 'silent':
      return "Nothing answers the login: check host, port and firewall, and whether this port is PostgreSQL's."
    case 'starting':
      return 'The server answers but does not let anybody in; its own log says why.'
    case 'full':
      return 'All connections are taken: end other sessions, or raise max_connections.'
  }
}

/** The remedy for a name that nobody knows: on the runner itself the names of services do not exist. */
export function unknownNameHint(host: string): string {
  return isSingleLabel(host)
    ? 'The name of a service works in a container job only; on the runner itself use localhost and map the port ("ports: - 5432:5432").'
    : 'Check the host in database-url.'
}

/** The failure for what no further try can mend. */
export function neverText(reason: Never, error: unknown, target: Target): string {
  const { user, host, port } = target
  const place = placeOf(target)
  const said = saidBy(error, target)
  switch (reason) {
    case 'password':
      return `Login failed for role "${user}" on ${place} (28P01). Not retried: a wrong password does not fix itself. Check POSTGRES_PASSWORD against database-url.`
    case 'no-password':
      return `${place} asks for the password of role "${user}", and none was given. Put it into database-url, percent-encoded, or into PGPASSWORD. A secret is empty in runs from a fork.`
    case 'no-role':
      return `Role "${user}" does not exist on ${place} (28000). Check POSTGRES_USER against database-url.`
    case 'not-allowed':
      return `${place} does not let role "${user}" in: ${said} (28000). Not retried. ${/no encryption/.test(said) ? 'It may want TLS: add sslmode=verify-full to database-url.' : 'See its pg_hba.conf.'}`
    case 'no-tls':
      return `${host}:${port} does not support TLS, and sslmode=${target.sslMode} demands it. Turn on ssl at the server; sslmode=disable is for networks that nobody else can reach.`
    case 'certificate':
      return `The certificate of ${host}:${port} is not trusted: ${said}. Give the authority that signed it as ssl-root-cert, or renew the certificate at the server.`
    case 'host-mismatch':
      return `The certificate of ${host}:${port} belongs to another host: ${said} Use the host name that it was made for, or sslmode=verify-ca with ssl-root-cert.`
    case 'tls':
      return `The TLS handshake with ${host}:${port} failed: ${said}. Check the TLS settings of the server and of what stands in between.`
    case 'foreign':
      return `${host}:${port} is not PostgreSQL: ${said}. Check the port in database-url; PostgreSQL's is 5432 by default.`
    case 'other':
      return `Login failed for role "${user}" on ${place}: ${said}${codeIn(error)}. Not retried.`
  }
}

function codeIn(error: unknown): string {
  const { code } = (error ?? {}) as { code?: unknown }
  return code ? ` (${code})` : ''
}
