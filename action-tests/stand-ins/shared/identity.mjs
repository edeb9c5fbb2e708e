import { Failure } from './runner.mjs'

/** The job's OIDC token for an audience; the runner offers one only to a job with `id-token: write`. */
export async function identityToken(audience, env = process.env) {
  const { ACTIONS_ID_TOKEN_REQUEST_URL: url, ACTIONS_ID_TOKEN_REQUEST_TOKEN: token } = env
  if (!url || !token)
    throw new Failure(
      'This job may ask for no identity (ACTIONS_ID_TOKEN_REQUEST_URL is not set). Give it "permissions: id-token: write"; a pull request from a fork never gets one.',
    )
  const response = await fetch(`${url}&audience=${encodeURIComponent(audience)}`, {
    headers: { authorization: `Bearer ${token}` },
  })
  if (!response.ok) throw new Failure(`The identity token was refused (HTTP ${response.status}).`)
  return (await response.json()).value
}

/** What a token says, without asking whether it is true. */
export function claimsOf(token) {
  return JSON.parse(Buffer.from(token.split('.')[1], 'base64url').toString())
}
