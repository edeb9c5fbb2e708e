import { http, mask } from '@tokenledger/kit'
import type { Credentials } from './credentials.ts'
import { exchange, type Limits } from './exchange.ts'

/**
 * A new OIDC token of GitHub for the audience, masked. It lives some minutes, so each announcement gets its own.
 * Throws an HttpError that names GitHub's service as the place.
 */
export async function oidcToken(
  { requestUrl, requestToken, audience }: Extract<Credentials, { kind: 'oidc' }>,
  limits: Limits,
  signal: AbortSignal,
): Promise<string> {
  const url = new URL(requestUrl)
  url.searchParams.set('audience', audience)
  const headers = { authorization: `Bearer ${requestToken}`, accept: 'application/json' }
  const answer = await exchange({ method: 'GET', url: url.href, headers }, limits, signal).catch(error => {
    signal.throwIfAborted()
    const { kind, message, status } = http.asHttpError(error)
    throw new http.HttpError(kind, `GitHub's OIDC service: ${message}`, status)
  })
  if (answer.status !== 200) {
    throw new http.HttpError('status', `GitHub's OIDC service answered ${answer.status}`, answer.status)
  }
  const value = tokenIn(answer.text)
  if (!value) throw new http.HttpError('other', "GitHub's OIDC service answered without a token")
  mask(value)
  return value
}

function tokenIn(text: string): string | undefined {
  try {
    const { value } = JSON.parse(text)
    return typeof value === 'string' && value ? value : undefined
  } catch {
    return undefined
  }
}
