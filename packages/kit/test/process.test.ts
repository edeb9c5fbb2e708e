import { describe, expect, it } from '@jest/globals'
import { exec, lastLines } from '../src/exec.ts'
import { spellingsOf, withoutCredentials } from '../src/masking.ts'
import { retry } from '../src/retry.ts'
import { messageOf } from '../src/user-error.ts'

describe('exec', () => {
  it('hands arguments over as they are, whatever they hold', async () => {
    const hostile = ['a b', '$(id)', '"; rm -rf x', 'ü', '']
    const { stdout, exitCode } = await exec(process.execPath, [
      '-e',
      'console.log(JSON.stringify(process.argv.slice(1)))',
      ...hostile,
    ])
    expect(JSON.parse(stdout)).toEqual(hostile)
    expect(exitCode).toBe(0)
  })

  it('returns an exit code instead of throwing', async () => {
    expect((await exec(process.execPath, ['-e', 'process.exit(3)'])).exitCode).toBe(3)
  })

  it('keeps the last lines of an output', () => {
    expect(lastLines('1\r\n2\n3\n\n', 2)).toBe('2\n3')
  })
})

describe('masking', () => {
  it('knows a secret raw, URL-encoded, base64 and line by line', () => {
    expect(spellingsOf('p@ss word')).toEqual(['p@ss word', 'p%40ss%20word', 'cEBzcyB3b3Jk'])
    expect(spellingsOf('first\nsecond')).toEqual(expect.arrayContaining(['first', 'second']))
  })

  it('does not mask what is too short to hide', () => {
    expect(spellingsOf('abc')).toEqual(['YWJj'])
    expect(spellingsOf('')).toEqual([])
  })

  it('prints a URL without its credentials and query', () => {
    expect(withoutCredentials('https://user:secret@index.example/simple/?token=x')).toBe(
      'https://index.example/simple/',
    )
    expect(withoutCredentials('secret')).toBe('(not a URL)')
  })
})

describe('retry', () => {
  const policy = { attempts: 3, delayMs: 1, isRetryable: (error: unknown) => String(error).includes('again') }

  it('calls until it succeeds', async () => {
    let calls = 0
    const result = await retry(async () => {
      if (++calls < 3) throw new Error('again')
      return calls
    }, policy)
    expect(result).toBe(3)
  })

  it('stops at the first failure that is final and after the last attempt', async () => {
    let calls = 0
    const fail = (message: string) =>
      retry(async () => {
        calls++
        throw new Error(message)
      }, policy)
    await expect(fail('never')).rejects.toThrow('never')
    expect(calls).toBe(1)
    await expect(fail('again')).rejects.toThrow('again')
    expect(calls).toBe(4)
  })
})

describe('messageOf', () => {
  it('adds the cause when it says more', () => {
    expect(messageOf(new TypeError('fetch failed', { cause: new Error('ECONNREFUSED') }))).toBe(
      'fetch failed: ECONNREFUSED',
    )
    expect(messageOf('plain')).toBe('plain')
  })
})
