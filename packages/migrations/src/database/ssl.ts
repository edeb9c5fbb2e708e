import { isIP } from 'node:net'
import { type ConnectionOptions, checkServerIdentity, getCACertificates } from 'node:tls'
import { isSocket, looksLocal } from './hosts.ts'
import type { SslMode } from './target.ts'

/** The certificates of a connection, as text. */
export interface Certificates {
  /** The authorities to trust, or `system` for those of the computer; Node's own list when absent. */
  readonly authorities?: string
  readonly client?: { readonly cert: string; readonly key: string }
}

/**
 * libpq's sslmode (documentation, table "SSL Mode Descriptions") as what `tls.connect` gets. `require` without
 * authorities encrypts and checks nothing; with them it checks as verify-ca does. A Unix socket is never encrypted.
 */
export function sslOf(mode: SslMode, host: string, certificates: Certificates): false | ConnectionOptions {
  if (mode === 'disable' || isSocket(host)) return false
  const { authorities, client } = certificates
  const common: ConnectionOptions = { ...client, ...(isIP(host) ? {} : { servername: host }) }
  const trusted = authorities === undefined ? {} : { ca: authoritiesOf(authorities) }
  if (mode === 'verify-full') {
    return {
      ...common,
      ...trusted,
      rejectUnauthorized: true,
      checkServerIdentity: (_name, certificate) => checkServerIdentity(host, certificate),
    }
  }
  if (mode === 'verify-ca' || (mode === 'require' && authorities !== undefined)) {
    return { ...common, ...trusted, rejectUnauthorized: true, checkServerIdentity: () => undefined }
  }
  return { ...common, rejectUnauthorized: false, checkServerIdentity: () => undefined }
}

/** What is unsafe about a remote connection of this mode; undefined when nothing is. */
export function sslWarning(mode: SslMode, host: string, hasAuthorities: boolean): string | undefined {
  if (looksLocal(host)) return undefined
  const remedy = 'Use sslmode=verify-full, with ssl-root-cert where the authority is a private one.'
  switch (mode) {
    case 'disable':
      return `sslmode=disable sends all data to ${host} in plain text. ${remedy}`
    case 'allow':
    case 'prefer':
      return `sslmode=${mode} falls back to plain text on the way to ${host}. ${remedy}`
    case 'require':
      return hasAuthorities
        ? undefined
        : `sslmode=require encrypts, but anybody can answer in place of ${host}. ${remedy}`
    case 'verify-ca':
      return hasAuthorities
        ? undefined
        : `sslmode=verify-ca without ssl-root-cert trusts every public certificate in place of ${host}'s. ${remedy}`
    case 'verify-full':
      return undefined
  }
}

function authoritiesOf(authorities: string): string | string[] {
  return authorities === 'system' ? [...getCACertificates('system'), ...getCACertificates()] : authorities
}
