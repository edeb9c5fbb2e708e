import { describe, expect, it } from '@jest/globals'
import { parseVersion, type Version } from '@tokenledger/versioning'
import { type Distribution, versionProblems } from '../src/index.ts'

const at = (tag: string) => ({ tag, version: parseVersion(tag.replace(/^v/, '')) as Version })

function wheel(version: string, changes: Partial<Distribution> = {}): Distribution {
  return {
    file: `tokenledger-${version}-py3-none-any.whl`,
    kind: 'wheel',
    name: 'tokenledger',
    version,
    ...changes,
  }
}

function sdist(version: string, changes: Partial<Distribution> = {}): Distribution {
  return { file: `tokenledger-${version}.tar.gz`, kind: 'sdist', name: 'tokenledger', version, ...changes }
}

describe('distributions at a tag', () => {
  it.each([
    ['v1.2.3', '1.2.3', '1.2.3'],
    ['v1.2.3', '1.2.3.0', '1.2.3.0'],
    ['v1.0.0-alpha.1', '1.0.0a1', '1.0.0-alpha.1'],
    ['v1.0.0a1', '1.0.0a1', '1.0.0-alpha.1'],
    ['v1.0.0rc1', '1.0.0rc1', '1.0.0.RC1'],
    ['v1!2.0', '1!2.0', '1!2.0'],
    ['v2.0.post1', '2.0.post1', '2.0-1'],
  ])('%s may be in files of %s whose metadata says %s', (tag, inName, version) => {
    const files = [wheel(inName, { version }), sdist(inName, { version })]
    expect(versionProblems(at(tag), files)).toEqual([])
  })

  it('are refused in another version, each by name', () => {
    expect(versionProblems(at('v1.2.3'), [wheel('1.2.2'), sdist('1.2.3')])).toEqual([
      'RELEASE_TAG_MISMATCH: tag v1.2.3 is version 1.2.3, but tokenledger-1.2.2-py3-none-any.whl is version 1.2.2; run version-bump, or tag the commit that sets 1.2.3',
    ])
    expect(versionProblems(at('v1.2.3rc1'), [sdist('1.2.3'), wheel('1.2.3rc2')])).toHaveLength(2)
  })

  it('are refused with a local version, which no index takes', () => {
    expect(versionProblems(at('v1.2.3'), [wheel('1.2.3+local')])).toEqual([
      'RELEASE_LOCAL_VERSION: tokenledger-1.2.3+local-py3-none-any.whl is the local version 1.2.3+local, which package indexes refuse; build the commit of v1.2.3 without changes to it',
    ])
    expect(versionProblems(at('v1.2.3+local'), [])).toEqual([
      'RELEASE_LOCAL_VERSION: tag v1.2.3+local is the local version 1.2.3+local, which package indexes refuse; release it without "+local"',
    ])
  })

  it('are refused with what is no version', () => {
    expect(versionProblems(at('v1.2.3'), [wheel('1.2.3', { version: 'unknown' })])).toEqual([
      'RELEASE_VERSION_INVALID: tokenledger-1.2.3-py3-none-any.whl is version "unknown", which PEP 440 does not know; set one such as 1.2.3, and build again',
    ])
  })

  it.each([
    wheel('1.2.3', { file: 'tokenledger-1.2.2-py3-none-any.whl' }),
    wheel('1.2.3', { file: 'other-1.2.3-py3-none-any.whl' }),
    wheel('1.2.3', { file: 'tokenledger-1.2.3.whl' }),
    wheel('1.2.3', { file: 'tokenledger.whl' }),
    sdist('1.2.3', { file: 'tokenledger-1.2.4.tar.gz' }),
    sdist('1.2.3', { file: 'tokenledger.tar.gz' }),
    sdist('1.2.3', { file: 'other-1.2.3.zip' }),
  ])('are refused under a name that is not theirs: $file', distribution => {
    expect(versionProblems(at('v1.2.3'), [distribution])).toEqual([
      `RELEASE_FILE_NAME: ${distribution.file} holds tokenledger 1.2.3 and is not named so; never rename a wheel or sdist, build it again`,
    ])
  })

  it.each([
    wheel('1.2.3', {
      file: 'Token_Ledger-1.2.3-1build-cp311-abi3-manylinux_2_17_x86_64.whl',
      name: 'Token-Ledger',
    }),
    sdist('1.2.3', { file: 'token-ledger-1.2.3.tar.gz', name: 'token_ledger' }),
    sdist('1.2.3', { file: 'Token.Ledger-1.2.3.zip', name: 'token-ledger' }),
  ])('may be spelled as builders of all ages do: $file', distribution => {
    expect(versionProblems(at('v1.2.3'), [distribution])).toEqual([])
  })

  it('are refused when they are of two projects', () => {
    const other = sdist('1.2.3', { file: 'other-1.2.3.tar.gz', name: 'other' })
    expect(
      versionProblems(at('v1.2.3'), [wheel('1.2.3', { name: 'TokenLedger' }), wheel('1.2.3'), other]),
    ).toEqual([
      "RELEASE_NAME_MISMATCH: tokenledger-1.2.3-py3-none-any.whl is a file of TokenLedger, other-1.2.3.tar.gz one of other; give one package's files, and release the other by a tag of its own",
    ])
  })
})
