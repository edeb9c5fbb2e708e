import { describe, expect, it } from '@jest/globals'
import { type UploadOutcome, uploadVerdict } from '../../src/codecov/outcome.ts'
import { type OutcomeContext, outcomeText } from '../../src/codecov/outcome-text.ts'
import { IDENTITY } from './uploading.ts'

const FAILED: readonly UploadOutcome[] = [
  { kind: 'rate-limited', waitS: 1009, leftS: 118 },
  { kind: 'rejected', by: 'codecov', status: 401, message: 'no' },
  { kind: 'unreachable', reason: 'connection refused' },
]

describe('an upload that failed', () => {
  it.each(FAILED)('($kind) fails the step only where it is required', outcome => {
    expect(uploadVerdict('required', outcome, false)).toBe('error')
    expect(uploadVerdict('auto', outcome, false)).toBe('warning')
  })

  it.each(FAILED)('($kind) never fails the pull request of a fork', outcome => {
    expect(uploadVerdict('required', outcome, true)).toBe('warning')
  })
})

describe('an upload that did not have to be', () => {
  it('is told for a fork, and otherwise nothing to talk about', () => {
    expect(uploadVerdict('required', { kind: 'skipped-fork', reason: '' }, true)).toBe('notice')
    expect(uploadVerdict('off', { kind: 'skipped-off' }, false)).toBe('silent')
    expect(uploadVerdict('required', { kind: 'uploaded', url: undefined }, false)).toBe('silent')
  })
})

describe('the text', () => {
  const context: OutcomeContext = {
    identity: { ...IDENTITY, slug: 'ged1182/tokenledger' },
    signIn: 'tokenless',
    hasToken: false,
    oidcAvailable: false,
    url: 'https://ingest.codecov.io',
    audience: 'https://codecov.io',
    budgetMs: 120_000,
    gate: 'pass',
  }
  const rejected = (status: number, message: string): UploadOutcome => ({
    kind: 'rejected',
    by: 'codecov',
    status,
    message,
  })
  const text = (outcome: UploadOutcome, changed: Partial<OutcomeContext> = {}) =>
    outcomeText(outcome, { ...context, ...changed })

  it('of a 401 names the circumstances and what to add', () => {
    expect(text(rejected(401, 'Token required - not valid tokenless upload'))).toBe(
      'Codecov answered 401 "Token required - not valid tokenless upload" for ged1182/tokenledger@bbbbbbb (event pull_request, fork no, token none, OIDC none). Add permissions: id-token: write, or pass codecov-token.',
    )
  })

  it('of a 429 compares the wait with the budget and tells the gate', () => {
    expect(text({ kind: 'rate-limited', waitS: 1009, leftS: 118 })).toBe(
      'Codecov answered 429; it asks to wait 1009 s, longer than upload-timeout 120 s. The gate itself passed; re-run this job later.',
    )
  })

  it.each<[string, UploadOutcome, Partial<OutcomeContext>, string]>([
    [
      'a second wait',
      { kind: 'rate-limited', waitS: 60, leftS: 21.7 },
      { gate: 'fail' },
      'Codecov answered 429; it asks to wait 60 s, longer than the 21 s left of upload-timeout 120 s. The gate itself failed; re-run this job later.',
    ],
    [
      'a limit without a time',
      { kind: 'rate-limited', waitS: undefined, leftS: 100 },
      { gate: 'not-applicable' },
      'Codecov answered 429; it does not say how long to wait, and several tries did not help. No gate was asked for; re-run this job later.',
    ],
    [
      'an outage',
      { kind: 'unreachable', reason: 'connection refused' },
      {},
      'Nothing was uploaded to Codecov at https://ingest.codecov.io for ged1182/tokenledger@bbbbbbb: connection refused. The gate itself passed; re-run this job later.',
    ],
    [
      'a fork that cannot upload',
      { kind: 'skipped-fork', reason: 'private' },
      {},
      'Nothing was uploaded to Codecov for ged1182/tokenledger@bbbbbbb: private.',
    ],
    ['upload: off', { kind: 'skipped-off' }, {}, 'Nothing was uploaded to Codecov: upload is off.'],
    ['success', { kind: 'uploaded', url: 'https://x/' }, {}, 'Uploaded to Codecov: https://x/'],
    [
      'success without an address',
      { kind: 'uploaded', url: undefined },
      {},
      'Uploaded to Codecov for ged1182/tokenledger@bbbbbbb.',
    ],
    [
      'the storage',
      { kind: 'rejected', by: 'storage', status: 403, message: 'AccessDenied' },
      { signIn: 'oidc', oidcAvailable: true },
      'Codecov\'s storage answered 403 "AccessDenied" for ged1182/tokenledger@bbbbbbb (event pull_request, fork no, token none, OIDC used). Re-run this job; if it stays, check the storage.',
    ],
  ])('of %s', (_, outcome, changed, expected) => {
    expect(text(outcome, changed)).toBe(expected)
  })

  const token = { signIn: 'token', hasToken: true } as const
  const oidc = { signIn: 'oidc', oidcAvailable: true } as const
  const fork = { identity: { ...context.identity, isFork: true } }
  it.each<[string, UploadOutcome, Partial<OutcomeContext>, string]>([
    [
      'a wrong token',
      rejected(401, 'x'),
      token,
      'codecov-token is not valid here; copy the upload token of this repository from Codecov, or add permissions: id-token: write.',
    ],
    [
      'a wrong token where OIDC is off',
      rejected(401, 'x'),
      { ...token, oidcAvailable: true },
      'codecov-token is not valid here; copy the upload token of this repository from Codecov, or set oidc: auto.',
    ],
    [
      'OIDC for another server',
      rejected(401, 'x'),
      { ...oidc, hasToken: true },
      'Codecov does not take this OIDC token (audience https://codecov.io); check that the repository is set up there and codecov-url is right, or set oidc: off to use codecov-token.',
    ],
    [
      'a fork',
      rejected(401, 'x'),
      fork,
      'A fork cannot sign in; a maintainer can turn off token authentication for public repositories at Codecov.',
    ],
    [
      "another repository's token",
      rejected(403, 'x'),
      token,
      'codecov-token belongs to another repository or organisation; copy the one of this repository from Codecov.',
    ],
    [
      'a deactivated repository',
      rejected(400, 'This repository is deactivated.'),
      token,
      'Activate the repository in its settings at Codecov.',
    ],
    [
      'an unknown repository',
      rejected(400, 'Repository not found'),
      token,
      'Add the repository at Codecov, or check codecov-url (https://ingest.codecov.io).',
    ],
    [
      'a field',
      rejected(400, 'flags: x'),
      token,
      'The request does not fit this server; report this line as a bug of the action.',
    ],
    [
      'another address',
      rejected(404, ''),
      token,
      "Check codecov-url (https://ingest.codecov.io): what answers there is not Codecov's upload service.",
    ],
  ])('names the remedy for %s', (_, outcome, changed, remedy) => {
    expect(text(outcome, changed)).toMatch(/\)\. (.+)$/)
    expect(/\)\. (.+)$/.exec(text(outcome, changed))?.[1]).toBe(remedy)
  })
})
