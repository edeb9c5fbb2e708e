import { describe, expect, it } from '@jest/globals'
import { http } from '@tokenledger/kit'
import { causeOf, couldNotGet, NoDigest, notInstalled, SourceFailure } from '../src/failures.ts'

describe('the message when every source failed', () => {
  it('names each source, its cause and its time, and what to set', () => {
    const attempts = [
      { source: 'releases.astral.sh', cause: 'TLS: self-signed certificate in chain', ms: 210 },
      { source: 'github.com', cause: 'connect time-out', ms: 5003 },
      { source: 'PyPI', cause: 'HTTP 403', ms: 330 },
    ]
    expect(couldNotGet('0.12.5', 'x86_64-unknown-linux-gnu', attempts).message).toBe(
      'Could not get uv 0.12.5 for x86_64-unknown-linux-gnu. Tried: releases.astral.sh (TLS: self-signed certificate in chain, 0.2 s), github.com (connect time-out, 5.0 s), PyPI (HTTP 403, 0.3 s). Behind a proxy set HTTPS_PROXY and NODE_EXTRA_CA_CERTS; with a mirror set uv-mirror.',
    )
  })

  it('says how to allow a download when none was allowed', () => {
    const attempts = [{ source: 'PATH', cause: 'it has uv 0.9.1', ms: 8 }]
    expect(notInstalled('0.12.5', 'x86_64-unknown-linux-gnu', attempts).message).toBe(
      'Could not get uv 0.12.5 for x86_64-unknown-linux-gnu. Tried: PATH (it has uv 0.9.1, 0.0 s). Add mirror, github or pypi to uv-source to allow a download.',
    )
  })
})

describe('the cause', () => {
  it.each([
    [new http.HttpError('status', 'HTTP 403 {"message": "a long text"}', 403), 'HTTP 403'],
    [new http.HttpError('connect-timeout', 'connect time-out, 5.0 s'), 'connect time-out'],
    [new http.HttpError('stall', 'no byte for 10.0 s'), 'no byte for 10.0 s'],
    [new NoDigest(), 'no SHA-256 is known for its file'],
    [new SourceFailure('no uv there'), 'no uv there'],
  ])('of %s is a few words', (error, cause) => {
    expect(causeOf(error)).toBe(cause)
  })

  it('of what is not a source’s fault is none', () => {
    expect(causeOf(new Error('ENOSPC'))).toBeUndefined()
  })
})
