import type { ConnectionOptions } from 'node:tls'

export const SSL_MODES = ['disable', 'allow', 'prefer', 'require', 'verify-ca', 'verify-full'] as const
export type SslMode = (typeof SSL_MODES)[number]

/** The database that a run is about, taken from a URL or from libpq's variables. Never printed as a whole. */
export interface Target {
  /** Host name or address; the folder of a Unix socket starts with `/`. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password: string
  readonly database: string
  readonly sslMode: SslMode
  /** What `tls.connect` gets; false for a connection in plain text. */
  readonly ssl: false | ConnectionOptions
  /** Further settings of the URL that the server gets, such as `options=-c search_path=x`. */
  readonly options?: string
  /** The address to connect to in place of looking `host` up (libpq's hostaddr). */
  readonly address?: string
  /** False when the default for the host was taken. */
  readonly sslModeGiven?: boolean
  /** Absolute path of the file with the certificate authorities, or `system`; for libpq's PGSSLROOTCERT. */
  readonly sslRootCert?: string
  /** Longest time for one login in ms (libpq's connect_timeout), when one was given. */
  readonly connectTimeoutMs?: number
  /** What is unsafe about it, for the log. */
  readonly warnings?: readonly string[]
}

/** `localhost:5432/tokenledger`: all of a target that a log may hold. */
export function placeOf({ host, port, database }: Target): string {
  return `${host}:${port}/${database}`
}
