import { describe, expect, it } from '@jest/globals'
import { compareExpected, readExpectedDigests } from '../src/index.ts'

const A = 'a'.repeat(64)
const B = 'b'.repeat(64)

describe('the digests that a build expects', () => {
  it('are read with and without their prefix, in either case', () => {
    const json = JSON.stringify({ 'a.whl': A, 'b.tar.gz': `sha256:${B}`, c: A.toUpperCase() })
    expect([...readExpectedDigests(json)]).toEqual([
      ['a.whl', `sha256:${A}`],
      ['b.tar.gz', `sha256:${B}`],
      ['c', `sha256:${A}`],
    ])
  })

  it.each([
    ['', 'is not JSON'],
    ['{"a.whl": ', 'is not JSON'],
    ['[]', 'is no object'],
    ['null', 'is no object'],
    ['"text"', 'is no object'],
    ['{}', 'names no file'],
    ['{"a.whl": 5}', 'has no SHA-256 for "a.whl"'],
    [`{"a.whl": "${A.slice(1)}"}`, 'has no SHA-256 for "a.whl"'],
    [`{"a.whl": "sha512:${A}"}`, 'has no SHA-256 for "a.whl"'],
    [`{"dist/a.whl": "${A}"}`, 'names "dist/a.whl", a path'],
  ])('are refused for %s', (json, why) => {
    expect(() => readExpectedDigests(json)).toThrow(`RELEASE_EXPECTED_DIGESTS: expected-digests ${why}`)
  })

  it('let more files pass, and name what lacks and what differs', () => {
    const expected = new Map([
      ['a.whl', `sha256:${A}`],
      ['b.whl', `sha256:${A}`],
      ['c.whl', `sha256:${A}`],
    ])
    const files = [
      { name: 'a.whl', digest: `sha256:${A}` },
      { name: 'b.whl', digest: `sha256:${B}` },
      { name: 'sbom.json', digest: `sha256:${B}` },
    ]
    expect(compareExpected(files, expected)).toEqual([
      `RELEASE_NOT_AS_BUILT: b.whl is sha256:${B}, the build made sha256:${A}; download the artifact of the build of this run`,
      'RELEASE_NOT_AS_BUILT: the build made c.whl, which is not among the files of the release; download the artifact of the build of this run',
    ])
  })
})
