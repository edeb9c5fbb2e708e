import { UserError, withoutCredentials } from '@tokenledger/kit'
import type { Identity } from './identity.ts'

/** Where reports go, and whom an OIDC token is for. */
export interface Endpoint {
  /** Without a slash at its end. */
  readonly base: string
  readonly audience: string
}

const INGEST = 'https://ingest.codecov.io'
/** Codecov's CODECOV_URL, which is not the host that takes the uploads. */
const AUDIENCE = 'https://codecov.io'

/**
 * The hosts for input `codecov-url`; Codecov's own when it is empty. Throws a UserError for what is not an http(s) URL, or
 * holds a user or password.
 */
export function endpointOf(codecovUrl: string): Endpoint {
  if (!codecovUrl) return { base: INGEST, audience: AUDIENCE }
  const url = URL.canParse(codecovUrl) ? new URL(codecovUrl) : undefined
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) {
    throw new UserError(
      `Input codecov-url is ${withoutCredentials(codecovUrl)}; give an address as https://codecov.example.com, without user and password.`,
    )
  }
  const base = `${url.origin}${url.pathname}`.replace(/\/+$/, '')
  return { base, audience: base }
}

/** The address of the one call that announces an upload (codecov-cli 11.3.1, `upload-coverage`). */
export function uploadUrl(base: string, { service, slug }: Pick<Identity, 'service' | 'slug'>): string {
  return `${base}/upload/${service}/${slug.replace('/', '::::')}/upload-coverage`
}
