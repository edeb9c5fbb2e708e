import { UserError } from '@tokenledger/kit'

/** What there is to sign in with, and whether Codecov would want it. */
export interface CredentialFacts {
  readonly event: string
  readonly isFork: boolean
  readonly isPrivate: boolean
  readonly hasToken: boolean
  /** The job has `id-token: write`, so the runner offers OIDC tokens. */
  readonly oidcAvailable: boolean
  /** Input `oidc`. */
  readonly oidcInput: 'auto' | 'on' | 'off'
}

export interface CredentialDecision {
  readonly kind: 'oidc' | 'token' | 'tokenless' | 'skip-fork'
  readonly reason: string
}

/**
 * How to sign in at Codecov: OIDC where the job can (no secret to keep), then the token, then none. A line of the table each,
 * the first that fits wins:
 *
 * | OIDC token | `oidc` | fork | repository | `codecov-token` | decision |
 * | --- | --- | --- | --- | --- | --- |
 * | yes | auto, on | | | | oidc |
 * | no | on | no | | | UserError: the job lacks `id-token: write` |
 * | | | | | given | token |
 * | | | yes | private | none | skip-fork: Codecov takes tokenless uploads of public repositories alone |
 * | | | yes | public | none | tokenless, by the fork's branch label |
 * | | | no | | none | tokenless; works when the organisation asks for no token |
 */
export function decideCredentials(facts: CredentialFacts): CredentialDecision {
  const { isFork, isPrivate, hasToken, oidcAvailable, oidcInput } = facts
  if (oidcAvailable && oidcInput !== 'off') {
    const unused = hasToken ? '; codecov-token is not used' : ''
    return { kind: 'oidc', reason: `this job has id-token: write, so no secret is needed${unused}` }
  }
  if (oidcInput === 'on' && !isFork) {
    throw new UserError(
      'Input oidc is "on", but this job cannot get an OIDC token. Add permissions: id-token: write to the job, or set oidc: auto.',
    )
  }
  const noOidc = oidcAvailable ? 'oidc is off' : 'this job has no id-token: write'
  if (hasToken) return { kind: 'token', reason: `codecov-token is given and ${noOidc}` }
  if (isFork && isPrivate) {
    return {
      kind: 'skip-fork',
      reason:
        "a fork's pull request gets neither secrets nor OIDC, and Codecov takes uploads without a token for public repositories only",
    }
  }
  if (isFork) {
    return {
      kind: 'tokenless',
      reason:
        "a fork's pull request gets neither secrets nor OIDC; Codecov takes it by the branch label of the fork",
    }
  }
  return {
    kind: 'tokenless',
    reason: `${noOidc} and codecov-token is not given; Codecov takes this only if the organisation asks for no token`,
  }
}

/** The decision with all that it was made from, in one line for the log and the summary. */
export function decisionLine(
  facts: CredentialFacts,
  branch: string | null,
  { kind, reason }: CredentialDecision,
): string {
  const { event, isFork, hasToken, oidcAvailable } = facts
  const seen = [
    `event ${event}`,
    `fork ${isFork ? 'yes' : 'no'}`,
    `token ${hasToken ? 'given' : 'none'}`,
    `OIDC ${oidcAvailable ? 'available' : 'none'}`,
    `branch ${branch ?? 'none'}`,
  ]
  return `Codecov sign-in: ${kind} (${seen.join(', ')}): ${reason}.`
}

/** What a request signs in with. */
export type Credentials =
  | { readonly kind: 'token'; readonly token: string }
  | {
      readonly kind: 'oidc'
      readonly requestUrl: string
      readonly requestToken: string
      readonly audience: string
    }
  | { readonly kind: 'tokenless' }
  | { readonly kind: 'skip-fork'; readonly reason: string }

type Env = Readonly<Record<string, string | undefined>>

/** Whether the runner offers OIDC tokens to this job. */
export function hasOidc(env: Env): boolean {
  return Boolean(env.ACTIONS_ID_TOKEN_REQUEST_URL && env.ACTIONS_ID_TOKEN_REQUEST_TOKEN)
}

/** The decision with the secrets that it needs. `audience` is of {@link endpointOf}. */
export function credentialsFor(
  { kind, reason }: CredentialDecision,
  { token, audience, env }: { readonly token: string; readonly audience: string; readonly env: Env },
): Credentials {
  switch (kind) {
    case 'token':
      return { kind, token }
    case 'oidc':
      return {
        kind,
        audience,
        requestUrl: env.ACTIONS_ID_TOKEN_REQUEST_URL ?? '',
        requestToken: env.ACTIONS_ID_TOKEN_REQUEST_TOKEN ?? '',
      }
    case 'tokenless':
      return { kind }
    case 'skip-fork':
      return { kind, reason }
  }
}
