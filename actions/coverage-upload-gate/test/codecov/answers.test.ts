import { describe, expect, it } from '@jest/globals'
import fc from 'fast-check'
import { askedWait, reservationOf, wordsOf } from '../../src/codecov/answers.ts'
import type { Answer } from '../../src/codecov/exchange.ts'

const answer = (body: unknown, headers: Answer['headers'] = {}): Answer => ({
  status: 400,
  headers,
  text: typeof body === 'string' ? body : JSON.stringify(body),
})

describe('what a server said', () => {
  it.each([
    ['of the ingest service', { message: 'Token required' }, 'Token required'],
    ['of the API', { detail: 'Request was throttled.' }, 'Request was throttled.'],
    ['as a list', ['Repository not found'], 'Repository not found'],
    ['by field', { flags: ['a', 'b'], code: ['c'] }, 'flags: a b; code: c'],
    ['as plain text', 'no such thing', 'no such thing'],
    ['as nothing', '', ''],
    ['as a page without a title', '<!doctype html><p>x', 'a web page'],
    ['of the storage', '<Error><Code>AccessDenied</Code><Message>old</Message></Error>', 'AccessDenied'],
  ])('%s', (_, body, words) => {
    expect(wordsOf(answer(body), [])).toBe(words)
  })

  it('leaves out settings of the repository, which hold its token', () => {
    const body = { state: 'x', repository: { yaml: { codecov: { token: 'secret-token' } } } }
    expect(wordsOf(answer(body), [])).toBe('state: x')
  })

  it('is one short line without a command or a secret, whatever it was', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '::error::',
        ':::',
        '##[group]',
        '##',
        '[',
        '\n',
        '\r',
        '\u001b[31m',
        '\u202e',
        'secret-token',
      ),
      fc.string({ unit: 'binary' }),
    )
    const body = fc.array(piece, { maxLength: 60 }).map(pieces => pieces.join(''))
    fc.assert(
      fc.property(body, fc.boolean(), (text, isJson) => {
        const words = wordsOf(answer(isJson ? { message: text } : text), ['secret-token'])
        expect(words).not.toMatch(/::|##\[|secret-token|[\p{Cc}\u2028\u2029\u202a-\u202e\u2066-\u2069]/u)
        expect([...words].length).toBeLessThanOrEqual(300)
      }),
    )
  })
})

describe('the wait that a 429 asks for', () => {
  it.each([
    ['in the words of the ingest service', { message: 'Expected time to availability: 1009s.' }, {}, 1009],
    ['in the words of the API', { detail: 'Expected available in 42 seconds.' }, {}, 42],
    ['in the header', {}, { 'retry-after': '7' }, 7],
    ['in the header first', { detail: 'available in 42 seconds' }, { 'retry-after': '7' }, 7],
    [
      'as a date, which clocks disagree about',
      {},
      { 'retry-after': 'Fri, 31 Dec 1999 23:59:59 GMT' },
      undefined,
    ],
    ['nowhere', { detail: 'Request was throttled.' }, {}, undefined],
  ])('%s', (_, body, headers, seconds) => {
    expect(askedWait(answer(body, headers))).toBe(seconds)
  })
})

describe('the address of the storage', () => {
  it.each([
    ['not JSON'],
    ['null'],
    [{}],
    [{ raw_upload_location: 7 }],
    [{ raw_upload_location: 'file:///etc' }],
  ])('is not in %j', body => {
    expect(reservationOf(answer(body))).toBeUndefined()
  })
})
