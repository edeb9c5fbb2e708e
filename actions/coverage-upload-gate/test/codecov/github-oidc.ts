import { type Loopback, serve } from '@tokenledger/testkit'

export interface GithubOidc extends Loopback {
  /** What the runner sets for a job with `id-token: write`. */
  readonly env: Readonly<Record<string, string>>
  /** The tokens handed out. */
  readonly issued: readonly string[]
}

/** GitHub's token endpoint of a job, with the claims that Codecov looks at. */
export async function startGithubOidc(claims: Readonly<Record<string, unknown>> = {}): Promise<GithubOidc> {
  const requestToken = 'request-token-of-this-job'
  const issued: string[] = []
  const loopback = await serve(({ headers, query }) => {
    if (headers.authorization !== `Bearer ${requestToken}`) return { status: 401, body: '{}' }
    const value = jwt({ ...CLAIMS, aud: query.get('audience'), jti: `${issued.length}`, ...claims })
    issued.push(value)
    return { status: 200, headers: { 'content-type': 'application/json' }, body: JSON.stringify({ value }) }
  })
  return {
    ...loopback,
    issued,
    env: {
      ACTIONS_ID_TOKEN_REQUEST_URL: `${loopback.url}/oidc/token?api-version=2.0`,
      ACTIONS_ID_TOKEN_REQUEST_TOKEN: requestToken,
    },
  }
}

const CLAIMS = {
  iss: 'https://token.actions.githubusercontent.com',
  repository: 'acme/consumer',
  repository_owner: 'acme',
  exp: Math.floor(Date.now() / 1000) + 300,
}

/** A token in GitHub's shape; nobody on loopback can check its signature. */
export function jwt(claims: object): string {
  const part = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url')
  return `${part({ alg: 'RS256', typ: 'JWT', kid: 'test' })}.${part(claims)}.c2lnbmF0dXJl`
}
