import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import {
  type CredentialFacts,
  credentialsFor,
  decideCredentials,
  decisionLine,
  hasOidc,
} from '../../src/codecov/credentials.ts'
import { endpointOf, uploadUrl } from '../../src/codecov/endpoint.ts'

const PUSH: CredentialFacts = {
  event: 'push',
  isFork: false,
  isPrivate: false,
  hasToken: false,
  oidcAvailable: false,
  oidcInput: 'auto',
}
const FORK: CredentialFacts = { ...PUSH, event: 'pull_request', isFork: true }

describe('the sign-in', () => {
  it.each<[string, CredentialFacts, string, string]>([
    ['OIDC', { ...PUSH, oidcAvailable: true }, 'oidc', 'so no secret is needed'],
    ['OIDC and token', { ...PUSH, oidcAvailable: true, hasToken: true }, 'oidc', 'codecov-token is not used'],
    ['OIDC off', { ...PUSH, oidcAvailable: true, hasToken: true, oidcInput: 'off' }, 'token', 'oidc is off'],
    ['a token', { ...PUSH, hasToken: true }, 'token', 'has no id-token: write'],
    ['nothing', PUSH, 'tokenless', 'only if the organisation asks for no token'],
    ['nothing and OIDC off', { ...PUSH, oidcAvailable: true, oidcInput: 'off' }, 'tokenless', 'oidc is off'],
    ['nothing on a fork', FORK, 'tokenless', 'by the branch label of the fork'],
    ['nothing on a fork with oidc: on', { ...FORK, oidcInput: 'on' }, 'tokenless', 'branch label'],
    ['nothing on a private fork', { ...FORK, isPrivate: true }, 'skip-fork', 'public repositories only'],
    ['a token on a private fork', { ...FORK, isPrivate: true, hasToken: true }, 'token', 'is given'],
    ['OIDC on a fork (pull_request_target)', { ...FORK, oidcAvailable: true }, 'oidc', 'id-token: write'],
  ])('with %s', (_, facts, kind, reason) => {
    expect(decideCredentials(facts)).toEqual({ kind, reason: expect.stringContaining(reason) })
  })

  it.each([false, true])('with oidc: on and no OIDC is a mistake to mend (token given: %s)', hasToken => {
    expect(() => decideCredentials({ ...PUSH, hasToken, oidcInput: 'on' })).toThrow(
      'Input oidc is "on", but this job cannot get an OIDC token. Add permissions: id-token: write to the job, or set oidc: auto.',
    )
  })

  it('never uses what is not there', () => {
    const facts = fc.record({
      event: fc.constantFrom('push', 'pull_request'),
      isFork: fc.boolean(),
      isPrivate: fc.boolean(),
      hasToken: fc.boolean(),
      oidcAvailable: fc.boolean(),
      oidcInput: fc.constantFrom('auto' as const, 'off' as const),
    })
    fc.assert(
      fc.property(facts, known => {
        const { kind } = decideCredentials(known)
        if (kind === 'oidc') expect(known).toMatchObject({ oidcAvailable: true, oidcInput: 'auto' })
        if (kind === 'token') expect(known.hasToken).toBe(true)
        if (kind === 'skip-fork') expect(known).toMatchObject({ isFork: true, isPrivate: true })
      }),
    )
  })

  it('is printed with all that it was made from', () => {
    expect(decisionLine(FORK, 'contributor:feat', decideCredentials(FORK))).toBe(
      "Codecov sign-in: tokenless (event pull_request, fork yes, token none, OIDC none, branch contributor:feat): a fork's pull request gets neither secrets nor OIDC; Codecov takes it by the branch label of the fork.",
    )
  })
})

describe('the credentials', () => {
  const env = {
    ACTIONS_ID_TOKEN_REQUEST_URL: 'https://oidc.example/?a=1',
    ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
  }
  const given = { token: 'secret', audience: 'https://codecov.io', env }

  it('hold the secret of the decision and no other', () => {
    expect(credentialsFor({ kind: 'token', reason: '' }, given)).toEqual({ kind: 'token', token: 'secret' })
    expect(credentialsFor({ kind: 'tokenless', reason: '' }, given)).toEqual({ kind: 'tokenless' })
    expect(credentialsFor({ kind: 'oidc', reason: '' }, given)).toEqual({
      kind: 'oidc',
      audience: 'https://codecov.io',
      requestUrl: 'https://oidc.example/?a=1',
      requestToken: 'request-token',
    })
    expect(credentialsFor({ kind: 'skip-fork', reason: 'why' }, given)).toEqual({
      kind: 'skip-fork',
      reason: 'why',
    })
  })

  it('by OIDC need both variables of the runner', () => {
    expect(hasOidc(env)).toBe(true)
    expect(hasOidc({ ...env, ACTIONS_ID_TOKEN_REQUEST_TOKEN: '' })).toBe(false)
    expect(hasOidc({})).toBe(false)
  })
})

describe('the address', () => {
  it('is the ingest service, which is not whom a token is for', () => {
    expect(endpointOf('')).toEqual({ base: 'https://ingest.codecov.io', audience: 'https://codecov.io' })
  })

  it('of an own installation is also the audience, without a slash at the end', () => {
    const base = 'https://codecov.example/sub'
    expect(endpointOf('https://codecov.example/sub//')).toEqual({ base, audience: base })
    expect(uploadUrl(base, { service: 'github', slug: 'acme/consumer' })).toBe(
      'https://codecov.example/sub/upload/github/acme::::consumer/upload-coverage',
    )
  })

  it.each([
    ['codecov.example', '(not a URL)'],
    ['ftp://codecov.example/x', 'ftp://codecov.example/x'],
    ['https://user:secret@codecov.example', 'https://codecov.example/'],
  ])('%s is refused without being printed whole', (given, shown) => {
    expect(() => endpointOf(given)).toThrow(
      `Input codecov-url is ${shown}; give an address as https://codecov.example.com, without user and password.`,
    )
  })
})
