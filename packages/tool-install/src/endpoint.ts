import { mask } from '@tokenledger/kit'

/** A server's base address as a user gave it, its credentials taken out. */
export interface Endpoint {
  /** Without credentials and without a slash at the end; safe to print. */
  readonly url: string
  readonly host: string
  /** Value of the Authorization header. */
  readonly authorization?: string
}

/**
 * Takes `https://user:password@host/path` apart; undefined when it is not an HTTP address. `fallback` has the credentials
 * that are used when the address has none. Masks the password in the log before anything can print it.
 */
export function parseEndpoint(
  address: string,
  fallback: { readonly user?: string | undefined; readonly password?: string | undefined } = {},
): Endpoint | undefined {
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (!url || !/^https?:$/.test(url.protocol)) return undefined
  const user = decodeURIComponent(url.username) || fallback.user || ''
  const password = decodeURIComponent(url.password) || fallback.password || ''
  const plain = { url: `${url.origin}${url.pathname}`.replace(/\/+$/, ''), host: url.host }
  return user || password ? { ...plain, authorization: basic(user, password) } : plain
}

/** The headers that a request to `url` may carry: credentials go to the endpoint's own origin and nowhere else. */
export function headersFor(endpoint: Endpoint, url: string): Record<string, string> {
  const isOwn = new URL(url).origin === new URL(endpoint.url).origin
  return endpoint.authorization && isOwn ? { authorization: endpoint.authorization } : {}
}

function basic(user: string, password: string): string {
  const pair = Buffer.from(`${user}:${password}`).toString('base64')
  // A token may stand in either half: https://token@host, https://__token__:token@host.
  for (const secret of [password || user, pair]) mask(secret)
  return `Basic ${pair}`
}
